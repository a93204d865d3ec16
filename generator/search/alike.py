"""Characters that are taken for each other, by their look or their sound: what to try for a word that nothing holds."""

_GROUPS = """
未末 已己巳 州洲 账帐 察查 候侯 拨拔 责贵 检捡 纪记 即既 卷券 漳樟彰 淮准 冀翼 徽微 陕峡 秦泰 罗萝 陵凌 园圆
建健键 疗辽 定订 贴帖 构购 人入 士土 千干 待侍 析折 竣峻 竟竞 副幅 作做 制治 材财 采彩 场厂 划化 像象 唐塘 复覆
"""
ALIKE = tuple(_GROUPS.split())
