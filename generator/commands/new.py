"""`disclose new DIR`: a new, empty site that builds at once."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path

from generator.base.console import tell
from generator.base.diagnostics import DiscloseError, UsageError
from generator.base.files import write_text
from generator.base.history import begin, is_kept
from generator.base.language import spoken
from generator.base.layout import PHRASES, TOPICS
from generator.base.shipped import shipped

SITE_YML = """\
# 网站设置。〔〕里的值是占位，发布前换成真实的值；没有的不要编造。
name: 巡察整改情况公开
# 网站将来的完整地址，以 / 结尾
base_url: https://www.example.gov.cn/
tagline: 问题、措施、进展、期限、电话，逐项公开
description: 巡察整改进展情况通报的集中公开

# 首页搜索框下“试试”的词：选人们常搜的；不写就从通报里取
# samples: [卫健局, 采购, 逾期]

# 页脚和网页标签
owner: 〔主办单位名称〕
operator: 〔承办单位名称〕
phone: 〔区号-号码〕
address: 〔地址〕
postcode: 〔邮编〕
domain: 〔域名〕
id_code: 〔网站标识码〕
icp: 〔ICP备案号〕
police: 〔公网安备号〕
conac: 〔党政机关网站标识编号〕

# 命令行和提示的语言：zh 中文，en 英文；不写就按系统的语言
{lang}
# 期限以哪一天为准判断是否已过；不写就用最新一份通报的日期
# as_of: 2025-11-28
# 另建 /zh-hant/ 繁體版
traditional: false
# 公布原始文件（Word 文件可能带有姓名、批注和修订痕迹）
publish_sources: false
"""

NOTICES_README = """\
# 通报放在这里

把原始文件（.docx、.pdf、.html、.txt）变成内容文件：

    disclose import 某某局整改通报.docx

然后打开新生成的 .md 文件，对照原文看一遍，再预览、检查、生成：

    disclose serve
    disclose check
    disclose build

这个文件不会出现在网站上。
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder to make")
    parser.add_argument("--no-git", action="store_true", help="do not make the site a repository of Git")


def run(args: argparse.Namespace) -> int:
    """Make the site; the folder is there whole or not at all."""
    new_site(args.folder)
    if not args.no_git and not is_kept(args.folder):
        begin(args.folder)
    tell(
        f"{args.folder}: a new site. Next:",
        f"  cd {args.folder}",
        "  disclose import FILE",
        "  disclose serve",
        "Before you publish it, write into site.yml who runs the site: disclose check names every line that waits.",
    )
    return 0


def new_site(folder: Path) -> None:
    """Put a new site in `folder`. Raises UsageError when something is there already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder}: is there already; name a new folder")
    try:
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(dir=folder.absolute().parent, prefix=f".{folder.name}-"))
    except OSError as error:
        raise DiscloseError(f"{folder}: cannot be made: {error.strerror}") from error
    try:
        _fill(made)
        made.chmod(0o777 & ~_umask())
        if folder.exists():  # and is empty: not every system lets one folder take the place of another
            folder.rmdir()
        made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _fill(folder: Path) -> None:
    lang = "lang: zh" if spoken() == "zh" else "# lang: zh"
    write_text(folder / "site.yml", SITE_YML.format(lang=lang))
    write_text(folder / ".gitignore", "output/\n.output.*\n.cache/\n.disclose.lock\nslips/\nportal/\n")
    write_text(folder / "content/notices/README.md", NOTICES_README)
    (folder / "content/sources").mkdir()
    for table in (TOPICS, PHRASES):
        shutil.copyfile(shipped(table), folder / table)
    shutil.copytree(shipped("content/pages"), folder / "content/pages")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
