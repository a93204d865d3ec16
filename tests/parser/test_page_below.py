"""What a page prints below a notice that bears no signature: its own phones and addresses are none of the notice's."""

from __future__ import annotations

import pytest

from tests.parser.support import notice_of

BODY = "一、整改情况\n（一）关于学习不深入的问题\n整改情况：组织学习9次。\n"
OWN = "欢迎监督。联系电话：0532-87851209；地址：王沙路中段街道办事处\n"
SITE = "地址：明阳路201号 电话：0532-87866000\n"

PAGES = {
    "links to other pages, then who owns the site": (
        f"上一篇：消防演练\n下一篇：停水通知\n版权所有：城阳区人民政府 鲁ICP备05021327号\n{SITE}"
    ),
    "who owns the site": f"主办单位：城阳区人民政府办公室\n{SITE}鲁公网安备37021402000105号\n",
    "a tool": f"【打印本页】【关闭窗口】\n{SITE}",
    "several lines of the site's": (
        "下一篇：没有了\nCopyright 2024 城阳区政府\n地址：明阳路201号\n邮编：266109\n电话：0532-87866000\n"
    ),
    "a phone of the site's alone": "相关文章：\n电话：0532-87866000\n",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_page_s_own_phones_and_address_are_no_contact(page):
    notice = notice_of(BODY + OWN + page)
    assert notice.contact.phones == ("0532-87851209",)
    assert notice.contact.address == "王沙路中段街道办事处"
    assert notice.issues[0].response == "组织学习9次。"
    assert notice.text.endswith(OWN.strip())


@pytest.mark.parametrize(
    "end",
    [
        "联系我们：\n联系电话：0532-87851209\n地址：王沙路中段街道办事处\n",
        "联系方式\n联系电话：0532-87851209；地址：王沙路中段街道办事处\n",
        "（此件公开发布）\n联系电话：0532-87851209；地址：王沙路中段街道办事处\n",
        "返回\n联系电话：0532-87851209；地址：王沙路中段街道办事处\n",
    ],
)
def test_the_only_contact_is_the_notice_s(end):
    assert notice_of(BODY + end).contact.phones == ("0532-87851209",)
