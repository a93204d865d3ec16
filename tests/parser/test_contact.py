"""The contact at the end of a notice, in the forms that notices print it in."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.parser.support import TOP, notice_of

BODY = "一、整改情况\n（一）关于学习不深入的问题\n整改情况：组织学习。\n"

ROWS = [
    # lines (| ends one), phones, postcode, address
    (
        "联 系 人：局机关党委|监督电话：0874—6123456|传　　真：0874-6123457|邮政编码：655500|通讯地址：春晖路9号院",
        ["0874—6123456", "0874-6123457"], "655500", "春晖路9号院",
    ),
    ("公示期：2024年12月16日至12月20日|监督电话：镇纪委 0736-6654321，村监委会 0736-6654322",
     ["0736-6654321", "0736-6654322"], None, None),
    ("联系电话：（0532）8765 4321；电子邮箱：a@b.cn。", ["（0532）8765 4321"], None, None),
    ("联系电话：0731-88123456（党建办）|来信地址：长沙市学府路66号区教育局，410006",
     ["0731-88123456"], "410006", "长沙市学府路66号区教育局"),
    ("1.监督电话：0934-8412345|2.通讯地址：城关镇交通大厦六楼；邮编：745000",
     ["0934-8412345"], "745000", "城关镇交通大厦六楼"),
    ("联系电话：０３１８－７５２１２３４", ["０３１８－７５２１２３４"], None, None),
    ("联系电话：（0851）8555 1122、8555 1133（夜间）|地址：能源大道1号（550081）",
     ["（0851）8555 1122", "8555 1133"], "550081", "能源大道1号"),
    ("电话:0313 7812345,地址:迎宾路5号,邮编:076150", ["0313 7812345"], "076150", "迎宾路5号"),
    ("来电：0599-8712345（工作日）|来信：滨河路1号区卫生健康局，邮编353000|电邮：a@b.cn",
     ["0599-8712345"], "353000", "滨河路1号区卫生健康局"),
    ("联系电话：〔0791〕8812345；[0791]8812346", ["〔0791〕8812345", "[0791]8812346"], None, None),
    ("联系电话：0791.8812345、0791·8812346", ["0791.8812345", "0791·8812346"], None, None),
    ("联系电话：0719-12309；0719-8112233。", ["0719-12309", "0719-8112233"], None, None),
]  # fmt: skip

FORMS = [
    ("联系电话：0733-8310086；电子邮箱：lhx@qy.\ngov.cn。", ["0733-8310086"], ["lhx@qy.gov.cn"], None, None),
    ("联系电话：0733-8310086；电子邮箱：lhx@\nqy.gov.cn", ["0733-8310086"], ["lhx@qy.gov.cn"], None, None),
    ("联系电话：0733-8310086；电子邮箱：\nlhx.dw@qy.gov.cn。", ["0733-8310086"], ["lhx.dw@qy.gov.cn"], None, None),
    ("联系电话：\n0733-8310086\n电子邮箱：\nlhxdw@qy.gov.cn", ["0733-8310086"], ["lhxdw@qy.gov.cn"], None, None),
    ("监督电话\n0733-8310086、8310087", ["0733-8310086", "8310087"], [], None, None),
    # words, phones, mails, postcode, address
    ("监督电话：（0818）7350-018。", ["（0818）7350-018"], [], None, None),
    ("联系电话：0818-7350018/7350019", ["0818-7350018", "7350019"], [], None, None),
    ("联系电话：0578-2091234转8012；邮政信箱：丽水市119号信箱（323000）。",
     ["0578-2091234转8012"], [], "323000", "丽水市119号信箱"),
    ("电话：+86-21-62345678 邮箱 a@sh.gov.cn", ["+86-21-62345678"], ["a@sh.gov.cn"], None, None),
    ("联系电话：0597‑3211234，0597–3211235，0597−3211236，0597ー3211237，0597～3211238",
     ["0597‑3211234", "0597–3211235", "0597−3211236", "0597ー3211237", "0597～3211238"], [], None, None),
    ("来信请寄：温州市府东路500号（325400）", [], [], "325400", "温州市府东路500号"),
    ("来访地点：万城镇望海大道 2号305室，联系电话 0898-62223344。",
     ["0898-62223344"], [], None, "万城镇望海大道 2号305室"),
    ("电子邮箱：wgjtj#126.com（请将#替换为@）", [], ["wgjtj@126.com"], None, None),
    ("监督电话：局办公室 5835406，机关纪委 5835411；", ["5835406", "5835411"], [], None, None),
    ("电话：0572-5023186；地址：人民街1号（党政综合办）。", ["0572-5023186"], [], None, "人民街1号"),
    ("监督电话：0572-5023186（地址：迎宾路 100 号）", ["0572-5023186"], [], None, "迎宾路 100 号"),
    ("联系人：王某；手机：13912345678；地址：横岭村村部。", ["13912345678"], [], None, "横岭村村部"),
    ("电话：0572-5023186（村党总支）\n地址：村党群服务中心一楼监督信箱",
     ["0572-5023186"], [], None, "村党群服务中心一楼监督信箱"),
    ("监督电话：0572-5023186；来信地址：镇政府门口举报信箱。", ["0572-5023186"], [], None, "镇政府门口举报信箱"),
    ("信箱：兴化市第12号邮政信箱，邮编：225700；举报电话：12388。", ["12388"], [], "225700", "兴化市第12号邮政信箱"),
    ("联系电话:0898-31681234(办公室),0898-31685678(纪检组)；来信地址:海口市琼山区龙昆南路，邮编:571100",
     ["0898-31681234", "0898-31685678"], [], "571100", "海口市琼山区龙昆南路"),
    ("电 话：021—5678 1234 转 805", ["021—5678 1234 转 805"], [], None, None),
    ("联系方式：18812345678@163.com", [], ["18812345678@163.com"], None, None),
    ("来电：2881234；来信：县城关镇建设路3号（邮编：462600）", ["2881234"], [], "462600", "县城关镇建设路3号"),
    ("举报网站：http://www.12388.gov.cn，举报电话：（0558）12388", ["（0558）12388"], [], None, None),
    ("邮箱：j_2020@a.com，信件寄至平原路1号院，邮政编码是453000。", [], ["j_2020@a.com"], "453000", "平原路1号院"),
    ("监督举报电话为 （0455） 8222345　8222346", ["（0455） 8222345", "8222346"], [], None, None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "phones", "emails", "postcode", "address"), FORMS)
def test_every_form_is_read(words, phones, emails, postcode, address):
    contact = notice_of(f"{BODY}{words}\n中共大河县民政局党组\n2023年12月1日\n").contact
    assert (list(contact.phones), list(contact.emails)) == (phones, emails)
    assert (contact.postcode, contact.address, contact.unread) == (postcode, address, ())


def test_a_number_says_whose_it_is():
    words = "监督电话：区纪委监委驻区教育局纪检监察组 010-81234567；区教育局办公室 010-81234568；010-81234569（党建办）"
    assert notice_of(f"{BODY}{words}\n").contact.whose == (
        ("010-81234567", "区纪委监委驻区教育局纪检监察组"),
        ("010-81234568", "区教育局办公室"),
        ("010-81234569", "党建办"),
    )


@pytest.mark.parametrize(
    ("words", "unread"),
    [
        ("联系电话：0746-63512。", "联系电话：0746-63512"),
        ("联系方式：见单位门户网站。", "联系方式：见单位门户网站"),
        ("联系电话：0596-5835406，备用 7718。", "备用 7718"),
        ("联系地址：同上；电话0596-5835406。", "联系地址：同上"),
    ],
)
def test_what_no_fact_takes_is_told(words, unread):
    notice = notice_of(f"{BODY}{words}\n中共大河县民政局党组\n2023年12月1日\n")
    assert notice.contact.unread == (unread,)
    assert [a.quote for a in notice.anomalies if a.code == "contact-unread"] == [unread]
    assert not any(a.code == "no-contact" for a in notice.anomalies)


def test_a_number_behind_a_key_in_the_text_is_told():
    notice = notice_of("一、整改情况\n（一）关于窗口服务的问题\n整改情况：公布监督电话0596-5835406，接听12次。\n")
    assert notice.contact.unread == ("电话0596-5835406",)


@given(st.text("0123456789-—（）()转/、，；：电话地址邮编箱信来访手机abc@.# ", max_size=60))
def test_no_digits_of_a_contact_are_lost(words):
    contact = notice_of(f"{BODY}如有意见，联系电话：{words}\n中共大河县民政局党组\n2023年12月1日\n").contact
    told = " ".join((*contact.phones, *contact.emails, contact.address or "", contact.postcode or "", *contact.unread))
    for digits in re.findall(r"\d{6,}", words):
        assert digits in told


@pytest.mark.parametrize(("lines", "phones", "postcode", "address"), ROWS)
def test_contact(lines, phones, postcode, address):
    text = lines.replace("|", "\n")
    contact = notice_of(f"{BODY}{text}\n中共大河县民政局党组\n2023年12月1日\n").contact
    assert (list(contact.phones), contact.postcode, contact.address) == (phones, postcode, address)


def test_a_contact_below_the_date_is_the_notice_s_own():
    notice = notice_of(f"{BODY}中共大河县民政局党组\n2023年12月1日\n联系电话：0911-7412345  地址：解放路6号\n")
    assert (notice.contact.phones, notice.contact.address) == (("0911-7412345",), "解放路6号")


def test_a_page_s_footer_is_no_contact():
    footer = "地址：人民路1号 电话：0911-7000000\n版权所有：大河县人民政府\n"
    notice = notice_of(f"{BODY}联系电话：0911-7412345\n中共大河县民政局党组\n2023年12月1日\n{footer}")
    assert notice.contact.phones == ("0911-7412345",)
    alone = notice_of(f"{BODY}中共大河县民政局党组\n2023年12月1日\n{footer}")
    assert not alone.contact


@pytest.mark.parametrize(
    ("phone", "province", "city"),
    [
        ("024-88123456", "辽宁省", None),  # 沈阳、铁岭、抚顺、本溪
        ("028-85551234", "四川省", None),
        ("0371-66123456", "河南省", None),
        ("0411-82345678", "辽宁省", "大连市"),
        ("0555-2345678", "安徽省", "马鞍山市"),
    ],
)
def test_an_area_code_that_cities_share_names_none_of_them(phone, province, city):
    top = TOP.replace("大河县", "大河湾区")
    region = notice_of(f"{BODY}联系电话：{phone}\n中共大河湾区民政局党组\n2023年12月1日\n", top).unit.region
    assert region is not None
    assert (region.province, region.city) == (province, city)
