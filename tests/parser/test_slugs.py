"""Permalinks of units: pinyin that can be read, each word and each place by itself."""

from __future__ import annotations

import pytest

from generator.parser.slugs import slug


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("安宁市住房和城乡建设局", "anning-shi-zhufang-he-chengxiang-jianshe-ju"),
        ("清江市城市建设投资集团有限公司", "qingjiang-shi-chengshi-jianshe-touzi-jituan-youxian-gongsi"),
        ("宁化县城乡规划局", "ninghua-xian-chengxiang-guihua-ju"),
        ("平罗县乡村振兴局", "pingluo-xian-xiangcun-zhenxing-ju"),
        # a place within a place
        ("福建省漳州市东山县卫生健康局", "fujian-sheng-zhangzhou-shi-dongshan-xian-weisheng-jiankang-ju"),
        ("枣庄市市中区教育局", "zaozhuang-shi-shizhong-qu-jiaoyu-ju"),
        ("荆州市沙市区教育局", "jingzhou-shi-shashi-qu-jiaoyu-ju"),
        ("项城市古城乡", "xiangcheng-shi-gucheng-xiang"),
        # names of places with the sign of a place in them
        ("津市市教育局", "jinshi-shi-jiaoyu-ju"),
        ("通州区教育局", "tongzhou-qu-jiaoyu-ju"),
        ("市北区人民医院", "shibei-qu-renmin-yiyuan"),
        ("内蒙古自治区阿鲁科尔沁旗自然资源局", "neimenggu-zizhiqu-alukeerqin-qi-ziran-ziyuan-ju"),
        # no place
        ("县委办公室", "xian-wei-bangongshi"),
        ("中共　东山县 卫生健康局党组", "dongshan-xian-weisheng-jiankang-ju"),
        ("", ""),
    ],
)
def test_slug(name: str, made: str) -> None:
    assert slug(name) == made
