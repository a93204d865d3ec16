"""Lines that belong to the page or the file and not to the notice (FORMATS a, i).

A row is a pattern that must match a whole line, blanks removed. Rows of TOP are tried above the opening, rows of BOTTOM
below the notice's last line, rows of ANYWHERE everywhere.
"""

from __future__ import annotations

DATE = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\d{1,2}:\d{2}(?::\d{2})?)?"
"""A page date, blanks removed, with or without time."""

_COUNTER = r"[（(\[]?(?:(?:阅读|浏览|点击|访问|阅览|查看)(?:次数|人数|量|数)?[:：]?\d{1,7}[次人]?|\d{1,7}(?:\.\d{1,2})?[次人万wW+](?:阅读|浏览|点击|访问|阅览|查看))[）)\]]?"
"""How often a page was seen: 阅读318, （浏览：318次）, 318人浏览."""

_FREE = r"(?:(?!巡[察视]|整改|反馈)[^\d。，；：:,])"
"""A character of a page's own words, which are no part of a title or a sentence."""

_FOLLOW = (
    r"[↑▲☝👆]*(?:请?点击|戳|长按)(?:上方|下方|蓝色|↑|这里|“|”|[^。，；：:]){0,12}(?:蓝字|关注)[^。；：:]{0,12}"
    r"|(?:打开|下载|安装|使用)[^。，；：:]{0,14}(?:APP|App|app|客户端)[，,]?[^。；：:，,]{0,16}"
)
"""A page of WeChat or of an app asks to be followed, or opened there."""

ANYWHERE: tuple[tuple[str, str], ...] = (
    ("page-number", r"[—–\-－一_]{1,2}\d{1,3}[—–\-－一_]{1,2}"),  # — 3 —
    ("page-number", r"第\d{1,3}页(?:[，,/]?共\d{1,3}页)?|\d{1,3}/\d{1,3}"),
    ("page-number", r"[Pp]age\d{1,3}(?:of\d{1,3})?"),
)

COLUMNS: tuple[str, ...] = (
    # names of columns and pages of a site, that stand above a title or run into it
    "网站首页", "首页", "政务公开", "政府信息公开", "信息公开目录", "信息公开", "党务公开", "院务公开", "校务公开", "厂务公开", "公示公告", "公告公示",
    "通知公告", "公告栏", "公示栏", "最新公告", "最新公示", "最新动态", "热门推荐", "热点推荐", "推荐阅读", "相关阅读", "信息发布", "新闻中心", "新闻动态",
    "工作动态", "工作通报", "要闻动态", "党建工作", "党建园地", "党的建设", "党群工作", "纪检监察", "巡察工作", "巡视巡察", "巡察巡视", "巡察整改专栏",
    "巡视整改专栏", "巡察整改公开", "巡视整改公开", "巡察整改信息公开", "巡察整改公示", "巡察整改", "巡视整改", "巡察公开", "专题专栏", "专题", "专栏", "当前位置", "所在位置", "详情页", "详情", "正文", "内容", "文章内容",
    "法定主动公开内容", "主动公开", "其他公开信息",
)  # fmt: skip
"""FORMATS a."""

COLUMN_ENDS: tuple[str, ...] = (
    # what names of columns end in that hold the unit's: 医院要闻, 学校新闻; no title's first line does
    "要闻", "新闻", "动态", "资讯", "简讯", "园地", "专栏", "之窗", "风采", "概况", "文化", "服务", "导航", "公示栏", "公开栏",
)  # fmt: skip

TOP: tuple[tuple[str, str], ...] = (
    (
        "letterhead",
        r"(?:中共.{2,40}|(?!.*关于)[\u4e00-\u9fff（）]{2,30}(?:党组|党委|委员会|工委|总支|支部|局|委|办|办公室|政府|法院|检察院|医院|学校|大学|学院|中心|公司|总工会|联合会|协会))文件",
    ),
    ("letterhead", r".{0,3}(?:机密|秘密|内部资料|公开)★?.{0,4}年?"),
    ("breadcrumb", r"(?:您?(?:当前|现在)?(?:所在)?的?(?:当前)?位置(?:是)?|当前栏目|所在位置)[:：].*"),
    ("breadcrumb", r"[>»›]?(?:网站|[^。，；：]{2,20}(?:政府|网|局|院|委))?首页(?:-?>|>>|»|›|/|\||→).*"),
    ("breadcrumb", r"[^。，；]{1,120}[>»›]"),
    ("breadcrumb", r"[^。，；：:>»›]{2,24}(?:>+[^。，；：:>»›]{2,24}){2,6}"),  # 某区人民政府>政务公开>巡察整改
    ("toolbar", r"今天是[:：]?.*"),
    (
        "toolbar",
        r"(?:热门搜索|热搜词?|搜索热词|热门关键词|大家都在搜)[:：].{0,60}|请输入.{0,12}|(?:站内|高级|智能|全文)搜索",
    ),
    (
        "toolbar",
        r"(?>(?:设为首页|加入收藏|收藏本站|繁体(?:版|中文)?|简体(?:版|中文)?|字号|字体|对比度|页面|保护视力色|色调调节"
        r"|朗读|语音朗读|语音播报|收听|听全文|关怀版|长者(?:版|模式)|无障碍(?:阅读|浏览|版)?|适老化|听新闻|打印(?:本页|此页)?|收藏|分享(?:到|至)?"
        r"|今天是[:：]?[^，。]{0,30}+|微信|微博|新浪微博|腾讯微博|QQ空间|QQ好友|扫一扫(?:在)?手机(?:打开|浏览|阅读)(?:当前页)?|返回(?:上一[级页]|顶部|首页|列表)"
        r"|网站支持IPV6|本网站支持IPv6|放大|缩小|默认|[大中小]|A[+-]|[:：|丨\[\]【】()（）·,，、/+-])+)",
    ),
    ("wechat", rf"{_FOLLOW}|听全文|听新闻|听文章"),
    ("column-name", rf"(?>(?:(?:{'|'.join(sorted(COLUMNS, key=len, reverse=True))})[>/|·-]*+)+)"),
    ("counter", r"(?:浏览|访问|阅读|点击|已被阅读)(?:次数|量|数)?[:：]?[\[\]\-\d]*次?"),
    ("image", r"标题图|图片|\[?图片\]?"),
    ("newspaper-page", r"第[A-Z]?\d{1,3}版[:：].{0,12}"),
    ("stray", r"[|丨_\-=—*·•.。>]+"),
    ("address", r"https?://[!-~]+|www\.[!-~]+"),
    ("page-date", rf"[•·]?\(?（?{DATE}）?\)?"),
    ("page-date", rf"[•·]?{DATE}(?:(?!巡[察视]|整改)[^\d。，；：:,]){{1,30}}"),  # 2025-06-17 09:00 某网站
    (
        "page-date",
        rf"{_FREE}{{0,24}}[（(\[【]?{DATE}[）)\]】]?{_FREE}{{0,24}}{_COUNTER}{_FREE}{{0,20}}",
    ),  # 2021/12/27 某市科协 阅读 318
    ("page-date", rf"{_FREE}{{2,24}}{DATE}{_FREE}{{0,20}}(?:\d{{1,7}}次?)?"),  # 党委办公室 2022-07-01 阅读 1562
    (
        "page-date",
        r"[（(]?[二一][〇○零ＯOo0]?[〇○零ＯOo0一二三四五六七八九]{2,3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日[）)]?",
    ),
    ("site-name", r"[^。，；：:、\d]{2,20}人民政府"),
    ("site-name", r"[^。，；：:、\d]{2,24}(?:门户网站|政府网站?|官方网站|官网|党建网|纪检监察网|信息网|新闻网)"),
    ("site-name", r"[_|｜-][^_|｜。，；：:\d]{2,30}"),  # behind a title: _某开发区
)

NAVIGATION = (
    r"(?:[^\s|｜。，；：:]{2,10}\s*[|｜]\s*){1,16}[^\s|｜。，；：:]{2,10}[|｜]?"
    r"|(?:[\u4e00-\u9fff]{2,6}[ \u3000\u00a0]+){4,16}[\u4e00-\u9fff]{2,6}"
)
"""A line of a site's own links, with its blanks: ENGLISH | 院内邮箱 | 联系我们; 学院首页 学院概况 师资队伍 人才培养 …"""

SUMMARY_LABELS: tuple[str, ...] = (
    "核心提示",
    "公告摘要",
    "内容摘要",
    "内容提要",
    "文章摘要",
    "摘要",
    "提要",
    "导读",
    "导语",
)
"""Before a teaser: words of the notice that the page prints once more above it."""

BODY_LABEL = r"(?:公告|通告|公示|通知|通报|文章|新闻|信息|详细)?(?:正文|全文|内容|详情)[:：]?"
"""A line of its own, blanks removed, below which the notice begins."""

BOTTOM: tuple[tuple[str, str], ...] = (
    (
        "toolbar",
        r"(?:【?(?:打印|关闭|收藏|加入收藏|返回|字体|分享|纠错|(?:发表|我要)评论|告诉好友|(?:发送|推荐)给)(?>(?:(?!【?(?:打印|关闭|收藏|返回|字体|分享|纠错))[^。]){0,12}))+",
    ),
    (
        "next-page",
        r"(?:上一[篇条页]|下一[篇条页]|(?:推荐|热点|热门|最新|猜你喜欢的?)(?:内容|文章|资讯)$|猜你喜欢|相关(?:文章|链接|新闻|阅读)|扫一扫|返回)[:：]?.*",
    ),
    (
        "editor",
        r"(?:责任编辑|责编|编辑|编发|排版|审核|审签|初审|复审|终审|一审|二审|三审|监制|作者|来源|信息来源|稿件来源|供稿|撰稿|校对|文字|图文)[:：|｜丨/].{0,40}",
    ),
    (
        "wechat",
        rf"(?:{_FOLLOW}|END|阅读原文|阅读全文|预览时标签不可点|微信扫一扫|关注该公众号|长按.{0, 12}二维码.{0, 8}|继续滑动看下一个|轻触阅读原文|.{0, 12}(?:点赞|在看).{0, 8}|[-—_~*·.]*[Ee][Nn][Dd][-—_~*·.]*)",
    ),
    (
        "site-footer",
        r".*?(?:主办单位|承办单位|网站标识码|ICP备|公网安备|版权所有|技术支持|您访问的链接即将离开|本网站|网站地图|联系我们|政府网站找错)(?s:.*)",
    ),
    ("counter", r"(?:浏览|访问|阅读|点击)(?:次数|量|数)?[:：]?[\[\]\-\d]*次?"),
    (
        "visits",
        r"(?:[您你]是)?(?:第|总|今日|本站|累计|网站)*(?:\d{1,9}位)?(?:访问(?:量|人数|次数)?|访客|浏览者)[:：]?(?:[\d今日昨日总访问量浏览人次:：]){0,40}",
    ),
    (
        "webmaster",
        r"(?:站长|网管|网站(?:管理员?|维护|制作|建设)|管理员|(?:制作)?维护(?:单位|部门|电话)?|投稿(?:邮箱|信箱))[:：].{0,80}",
    ),
    ("votes", r"[顶踩]一下|[（(]\d{1,6}[)）]|\d{1,3}(?:\.\d{1,2})?[%％]"),
    ("stray", r"[-—_=]{3,40}[^-—_=。，；：:]{1,8}[-—_=]{3,40}"),
    ("comments", r"(?:相关|网友|我要|发表|最新)评论.{0,40}"),
    ("screen", r"(?:建议|推荐|请)使用.{0,40}(?:浏览|访问|分辨率).{0,20}"),
    ("leaving", r"继续访问(?:放弃|取消|返回)?|放弃(?:访问)?"),
    ("stray", r"[|丨_\-=—*·•.。>]+"),
    ("address", r"(?!.*(?:举报|监督|反映|投诉|来信|意见|网址))[^。，；：:]{0,24}(?:https?://[!-~]+|www\.[!-~]+)"),
)

SOURCE_KEYS: tuple[tuple[str, str], ...] = (
    # key on a source line → what it is; several may stand on a line without any blank between (FORMATS a, traps)
    # dates that a page changes or only may mean are taken where it prints no better one
    ("来源", "source"),
    ("信息来源", "source"),
    ("稿件来源", "source"),
    ("文章来源", "source"),
    ("作者", "author"),
    ("文章作者", "author"),
    ("编辑", "editor"),
    ("责编", "editor"),
    ("责任编辑", "editor"),
    ("审核", "editor"),
    ("发布时间", "date"),
    ("发布日期", "date"),
    ("发表时间", "date"),
    ("发布", "date"),
    ("发布于", "date"),
    ("更新时间", "changed"),
    ("更新日期", "changed"),
    ("更新", "changed"),
    ("公开日期", "date"),
    ("时间", "some-date"),
    ("日期", "some-date"),
    ("浏览次数", "counter"),
    ("浏览量", "counter"),
    ("浏览", "counter"),
    ("访问量", "counter"),
    ("访问次数", "counter"),
    ("阅读量", "counter"),
    ("阅读次数", "counter"),
    ("点击数", "counter"),
    ("点击量", "counter"),
    ("点击", "counter"),
    ("字号", "toolbar"),
    ("字体", "toolbar"),
    ("字体大小", "toolbar"),
    ("分享到", "toolbar"),
    ("分享", "toolbar"),
    ("打印", "toolbar"),
)
"""FORMATS a."""

DATE_KINDS = ("date", "some-date", "changed")
"""What the date of a page stands behind, the surest first."""

FIELDS: tuple[str, ...] = tuple(key for key, what in SOURCE_KEYS if what in ("source", *DATE_KINDS))
"""Keys of a page's own fields: no sentence has one behind a blank."""

METADATA_KEYS: tuple[str, ...] = (
    # as printed, blanks removed (FORMATS a; GOV-SITE 4.1); one row a key
    "索引号", "信息索引号", "主题分类", "组配分类", "信息分类", "分类", "体裁分类", "服务对象",
    "发布机构", "发文机关", "发文单位", "公开主体", "公开机构", "公开事项", "责任单位", "责任部门", "发布单位", "公开单位",
    "成文日期", "成文时间", "生成日期", "发文时间", "发文日期", "发布日期", "发布时间", "公开日期", "公开时间",
    "公开方式", "公开范围", "公开类别", "公开形式", "公开时限", "公开程序",
    "发文字号", "文号", "文件编号", "标题", "名称", "文件名称", "信息名称",
    "效力状态", "有效性", "有效状态", "时效说明", "时效性", "废止日期", "失效日期", "实施日期",
    "主题词", "关键词", "关键字", "内容概述", "内容概览", "在线链接地址", "公文名称", "公文标题", "文件标题",
)  # fmt: skip

PUBLISHED_KEYS: tuple[str, ...] = ("发布日期", "发布时间", "发文时间", "发文日期", "公开日期", "公开时间")
"""Metadata that dates the page."""

WRITTEN_KEYS: tuple[str, ...] = ("成文日期", "成文时间", "生成日期")
"""Metadata that dates the document."""

TITLE_KEYS: tuple[str, ...] = ("标题", "名称", "文件名称", "信息名称", "公文名称", "公文标题", "文件标题")

FOOTER = r"(?:Copyright|版权|©|主办|承办|地址|电话|传真|邮编|邮政编码|网站|技术支持|单位地址|联系电话|ICP|备案|公安).*"
"""Lines of a page's own footer, when they stand below the notice's signature and date."""

IMPRINT = rf"(?:抄送|抄报|主送|分送|发送)[:：].{{2,180}}|[^。；：:]{{0,40}}{DATE}印发|[（(]?共印\d{{1,5}}份[）)]?"
"""Lines below the signature of a document of GB/T 9704: to whom copies go, who printed them when, and how many."""

INDEX_NUMBER = r"(?:[0-9A-Z]{8}[0-9X]|\d{6}|[0-9A-HJ-NPQRTUWXY]{18})/\d{4}-\d{5}"
"""GOV-SITE 4.1."""
