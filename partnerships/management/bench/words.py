"""The words that a scratch register is made of: Chinese cities, bodies and names, and what offices write about."""

CITIES = (
    ("Beijing", "北京", "Beijing"), ("Shanghai", "上海", "Shanghai"), ("Nanjing", "南京", "Jiangsu"),
    ("Suzhou", "苏州", "Jiangsu"), ("Wuxi", "无锡", "Jiangsu"), ("Xuzhou", "徐州", "Jiangsu"),
    ("Hangzhou", "杭州", "Zhejiang"), ("Ningbo", "宁波", "Zhejiang"), ("Wenzhou", "温州", "Zhejiang"),
    ("Guangzhou", "广州", "Guangdong"), ("Shenzhen", "深圳", "Guangdong"), ("Zhuhai", "珠海", "Guangdong"),
    ("Xi'an", "西安", "Shaanxi"), ("Chengdu", "成都", "Sichuan"), ("Mianyang", "绵阳", "Sichuan"),
    ("Chongqing", "重庆", "Chongqing"), ("Wuhan", "武汉", "Hubei"), ("Changsha", "长沙", "Hunan"),
    ("Tianjin", "天津", "Tianjin"), ("Dalian", "大连", "Liaoning"), ("Shenyang", "沈阳", "Liaoning"),
    ("Harbin", "哈尔滨", "Heilongjiang"), ("Changchun", "长春", "Jilin"), ("Qingdao", "青岛", "Shandong"),
    ("Jinan", "济南", "Shandong"), ("Zhengzhou", "郑州", "Henan"), ("Hefei", "合肥", "Anhui"),
    ("Fuzhou", "福州", "Fujian"), ("Xiamen", "厦门", "Fujian"), ("Nanchang", "南昌", "Jiangxi"),
    ("Kunming", "昆明", "Yunnan"), ("Guiyang", "贵阳", "Guizhou"), ("Lanzhou", "兰州", "Gansu"),
    ("Nanning", "南宁", "Guangxi"), ("Haikou", "海口", "Hainan"), ("Taiyuan", "太原", "Shanxi"),
)  # fmt: skip
BODIES = (
    ("University", "大学", "university"), ("University of Technology", "理工大学", "university"),
    ("Normal University", "师范大学", "university"), ("Medical University", "医科大学", "university"),
    ("Agricultural University", "农业大学", "university"), ("University of Posts", "邮电大学", "university"),
    ("University of Finance", "财经大学", "university"), ("Maritime University", "海事大学", "university"),
    ("Institute of Materials", "材料研究所", "research_institute"),
    ("Institute of Chemistry", "化学研究所", "research_institute"),
    ("Academy of Sciences", "科学院", "research_academy"),
    ("Academy of Social Sciences", "社会科学院", "research_academy"),
    ("First People's Hospital", "第一人民医院", "hospital"), ("Children's Hospital", "儿童医院", "hospital"),
    ("Municipal Government", "市人民政府", "municipal_government"),
    ("Electric Motor Company", "电机公司", "company"),
)  # fmt: skip
SIDES = (("", ""), ("East ", "华东"), ("West ", "西部"), ("South ", "华南"), ("North ", "华北"), ("Central ", "华中"))
FAMILIES = (
    ("Wang", "王"), ("Li", "李"), ("Zhang", "张"), ("Liu", "刘"), ("Chen", "陈"), ("Yang", "杨"), ("Zhao", "赵"),
    ("Huang", "黄"), ("Zhou", "周"), ("Wu", "吴"), ("Xu", "徐"), ("Sun", "孙"), ("Hu", "胡"), ("Zhu", "朱"),
    ("Gao", "高"), ("Lin", "林"), ("He", "何"), ("Guo", "郭"), ("Ma", "马"), ("Luo", "罗"), ("Ding", "丁"),
)  # fmt: skip
GIVEN = (
    ("Wei", "伟"), ("Fang", "芳"), ("Na", "娜"), ("Min", "敏"), ("Jing", "静"), ("Li", "丽"), ("Qiang", "强"),
    ("Lei", "磊"), ("Jun", "军"), ("Yang", "洋"), ("Yong", "勇"), ("Yan", "艳"), ("Jie", "杰"), ("Tao", "涛"),
    ("Ming", "明"), ("Chao", "超"), ("Xia", "霞"), ("Ping", "平"), ("Gang", "刚"), ("Hong", "红"), ("Yu", "宇"),
)  # fmt: skip
POSTS = (
    "President", "Vice-President", "Professor", "Dean of the Graduate School", "Director of International Affairs",
    "Party Secretary", "Head of School", "Deputy Mayor", "Programme Officer", "Lecturer",
)  # fmt: skip
TOPICS = (
    "materials science", "advanced manufacturing", "stem cell research", "public health", "railway engineering",
    "low-carbon energy", "data science", "urban planning", "food security", "marine engineering", "battery chemistry",
    "traditional medicine", "supply chains", "quantum optics", "water treatment", "early childhood education",
    "graphene sensors", "corporate finance", "heritage conservation", "air quality", "neonatal care", "robotics",
    "plant genetics", "translation studies", "architecture", "computational linguistics",
)  # fmt: skip
AGREEMENTS = (
    ("Memorandum of Understanding", "mou", 30), ("Student exchange agreement", "exchange_student", 18),
    ("Research collaboration agreement", "research_collab", 16), ("Dual PhD agreement", "phd_dual", 8),
    ("Articulation agreement", "articulation_guaranteed", 10), ("Letter of Intent", "loi", 8),
    ("Memorandum of Agreement", "moa", 6), ("Cooperation agreement", None, 4),
)  # fmt: skip
VISITS = (
    ("Delegation from {}", "leadership"), ("Visit to {}", "exploratory"), ("Signing with {}", "signing_ceremony"),
    ("Working visit of {}", "project_working"), ("Students of {}", "student_group"), ("Call by {}", "courtesy_call"),
)  # fmt: skip
REMARKS = (
    "Renewal was talked about; the school of engineering asks for a revised schedule of fees.",
    "The original is kept with the legal office, and a translation in two languages with the school.",
    "Introduced by an alumnus; the dean follows it up when the next delegation comes.",
    "",
)  # fmt: skip
