"""Codes and how people write them (代码与常见写法): shared by several registers.

Each table maps a writing to the code that is kept; the first Chinese writing of a code is its label in a template.
Result codes, methods and follow-ups are those of the provincial platform in use (see data/dictionaries).
"""

from __future__ import annotations

from collections.abc import Mapping

ID_PATTERN = r"[A-Za-z0-9._-]{1,40}"
ID_FORM = ("1–40 个字母、数字或 . _ -", "1–40 letters, digits or . _ -")
DEPARTMENT_PATTERN = r"[a-z][a-z0-9_]{0,39}"
DEPARTMENT_FORM = ("部门名称或小写字母代码", "a department's name or its code in small letters")
REGION_PATTERN = r"[0-9]{6}"
REGION_FORM = ("六位行政区划代码", "a region code of six digits")
ROUND_PATTERN = r"[0-9]{4}-(0[1-9]|1[0-2])(-[a-z])?"
ROUND_FORM = ("形如 2026-12 或 2026-12-b", "like 2026-12 or 2026-12-b")
ROUND_REPAIRS = (
    (r"^([0-9]{4}-[0-9]{2})-01$", r"\1"),
    (r"^([0-9]{4})[/.年-]([0-9])月?$", r"\1-0\2"),
    (r"^([0-9]{4})[/.年-]([0-9]{2})月?$", r"\1-\2"),
)


def writings(table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Turn code → writings round (代码表转为写法表): every writing, and the code itself, → the code."""
    turned: dict[str, str] = {}
    for code, words in table.items():
        for word in (*words, code):
            turned.setdefault(word, code)
    return turned


DEPARTMENT = writings(
    {
        "market": ("市场监管", "市场监管局", "市场监督管理局", "市监局", "市场监督管理", "工商"),
        "fire": ("消防救援", "消防", "消防救援支队", "消防救援局", "消防救援大队"),
        "emergency": ("应急管理", "应急", "应急局", "应急管理局", "安监"),
        "ecology": ("生态环境", "生态环境局", "环保", "环保局"),
        "housing": ("住房城乡建设", "住建", "住建局", "住房和城乡建设局", "住房城乡建设局"),
        "transport": ("交通运输", "交通", "交通局", "交通运输局"),
        "water": ("水务", "水务局", "水利", "水利局"),
        "commerce": ("商务", "商务局"),
        "culture": ("文广旅", "文广旅局", "文化广电和旅游局", "文旅", "文旅局"),
        "health": ("卫生健康", "卫健", "卫健委", "卫生健康委", "卫生健康委员会"),
        "medicare": ("医保", "医保局", "医疗保障局", "医疗保障"),
        "labour": ("人社", "人社局", "人力资源社会保障", "人力资源和社会保障局"),
        "civil": ("民政", "民政局"),
        "agriculture": ("农业农村", "农业农村局"),
        "tax": ("税务", "税务局"),
        "customs": ("海关",),
        "education": ("教育", "教育局"),
        "justice": ("司法", "司法局"),
        "urban": ("城管", "城管局", "城市管理", "城市管理局"),
        "police": ("公安", "公安局"),
        "science": ("科技", "科技局", "科学技术局"),
        "reform": ("发改", "发改委", "发展改革", "发展和改革委员会"),
        "sports": ("体育", "体育局"),
    }
)

REGION = writings(
    {
        "320505": ("虎丘区", "虎丘", "高新区", "苏州高新区", "Huqiu"),
        "320506": ("吴中区", "吴中", "Wuzhong"),
        "320507": ("相城区", "相城", "Xiangcheng"),
        "320508": ("姑苏区", "姑苏", "Gusu"),
        "320509": ("吴江区", "吴江", "Wujiang"),
        "320571": ("苏州工业园区", "工业园区", "园区", "Suzhou Industrial Park"),
        "320581": ("常熟市", "常熟", "Changshu"),
        "320582": ("张家港市", "张家港", "Zhangjiagang"),
        "320583": ("昆山市", "昆山", "Kunshan"),
        "320585": ("太仓市", "太仓", "Taicang"),
    }
)

ENTITY_TYPE = writings(
    {
        "企业": ("企业", "enterprise", "公司", "内资企业", "外资企业", "私营企业"),
        "个体工商户": ("个体工商户", "sole trader", "个体户", "个体"),
        "农民专业合作社": ("农民专业合作社", "cooperative", "农专社", "合作社", "农民专业合作社（联合社）"),
        "外国企业常驻代表机构": ("外国企业常驻代表机构", "foreign representative office", "外企代表机构", "代表机构"),
        "其他": ("其他", "other", "其它"),
    }
)

STATUS = writings(
    {
        "存续": ("存续（在营、开业、在册）", "存续(在营、开业、在册)"),
        "在业": (),
        "开业": (),
        "吊销": ("吊销，未注销", "吊销未注销", "被吊销", "已吊销"),
        "注销": ("已注销",),
        "迁出": ("已迁出",),
        "停业": ("歇业",),
        "清算": ("清算中",),
    }
)

RESULT = writings(
    {
        "1": ("未发现问题", "no problem found"),
        "A": ("发现问题待后续处理", "problem found, follow-up pending"),
        "B": ("未按规定公示应当公示的信息", "information that must be published was not"),
        "C": (
            "公示信息隐瞒真实情况弄虚作假",
            "公示信息隐瞒真实情况、弄虚作假",
            "published information conceals the truth or is false",
        ),
        "6": (
            "通过登记的住所（经营场所）无法联系",
            "通过登记的住所(经营场所)无法联系",
            "无法联系",
            "cannot be contacted at the registered address",
        ),
        "D": ("违反其他工商行政管理规定行为", "breach of other market-administration rules"),
        "3": ("违反食品药品监督管理规定行为", "breach of food and drug rules"),
        "4": ("违反质量技术监督管理规定行为", "breach of quality and technical rules"),
        "5": ("违反其他部门管理规定行为", "breach of another department's rules"),
        "G": ("违反公安部门管理规定行为", "breach of police rules"),
        "E": ("发现问题经责令已改正", "发现问题已责令改正", "problem found and corrected on order"),
        "F": ("未发现开展本次抽查涉及的经营活动", "does not carry on the activity inspected"),
        "7": ("已关闭停业或正在组织清算", "closed, out of business or in liquidation"),
        "8": ("不配合检查情节严重", "seriously uncooperative"),
        "9": ("注销", "已注销", "deregistered"),
        "10": ("被吊销", "吊销", "licence revoked"),
        "11": ("被撤销", "撤销", "registration annulled"),
        "12": ("迁出", "已迁出", "moved away"),
    }
)

METHOD = writings(
    {
        "on_site": ("实地检查", "实地核查", "现场检查", "实地"),
        "desk": ("书面检查", "书面"),
        "opinion": ("行政部门检查结果或专业意见", "行政部门检查结果", "专业意见"),
        "test": ("检验检测", "抽样检验"),
        "online": ("网络监测", "网络检查"),
        "agency": ("委托专业机构辅助", "委托专业机构"),
    }
)

FOLLOW_UP = writings(
    {
        "none": ("无需后续处置", "none needed"),
        "stop": ("停止检查反馈日常监管部门", "stopped and handed to daily supervision"),
        "order": ("责令改正", "ordered to correct"),
        "transfer": ("发现案件线索移送办案机构", "handed to the investigating body"),
        "copy": ("抄告相关部门", "other departments informed"),
        "other": ("其他", "其它"),
    }
)
