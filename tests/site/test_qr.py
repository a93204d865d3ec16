"""The QR code on a print is read by a camera as the page's address."""

from base64 import b64decode

import pytest

from generator.pages.qr import qr_code

cv2 = pytest.importorskip("cv2")
np = pytest.importorskip("numpy")


def drawn(code, scale=8, edge=4):
    """The picture, as large as on paper."""
    dots = cv2.imdecode(np.frombuffer(b64decode(code.partition(",")[2]), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert set(np.unique(dots)) == {0, 255}
    return cv2.copyMakeBorder(np.kron(dots, np.ones((scale, scale), np.uint8)), *[edge * scale] * 4, 0, value=255)


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


@pytest.mark.parametrize("length", [*range(1, 107, 15), 17, 18, 32, 33, 53, 54, 78, 79, 106, 107])
def test_a_text_of_any_length_is_read(length):
    text = ("aB3/?&%-" * 14)[:length]
    assert cv2.QRCodeDetector().detectAndDecode(drawn(qr_code(text)))[0] == text
