"""The QR code on a print is read by a camera as the page's address."""

import pytest

from generator.pages.qr import qr_code

cv2 = pytest.importorskip("cv2")
np = pytest.importorskip("numpy")


def drawn(code, scale=8, edge=4):
    """The drawing as a picture."""
    side = (code.size + 2 * edge) * scale
    picture = np.full((side, side), 255, dtype=np.uint8)
    for part in code.path.split("M")[1:]:
        place, length = part.split("h")
        x, y = (int(float(number)) for number in place.split())
        top, left = (y + edge) * scale, (x + edge) * scale
        picture[top : top + scale, left : left + int(length) * scale] = 0
    return picture


@pytest.mark.parametrize(
    "address",
    [
        "https://www.a.gov.cn/notices/x/",
        "https://www.dongshan.gov.cn/xcgk/notices/dongshan-xian-weisheng-jiankang-ju-20251128/",
        "https://www.example.gov.cn/" + "notices/zhongguo-gongchandang-moumou-shi-weiyuanhui-" * 3 + "20251128-12/",
    ],
)
def test_the_code_is_the_address(address):
    assert cv2.QRCodeDetector().detectAndDecode(drawn(qr_code(address)))[0] == address


def test_an_address_that_is_too_long_has_none():
    assert qr_code("https://www.a.gov.cn/" + "x" * 4000) is None
