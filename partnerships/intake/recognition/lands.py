"""Places that texts of the office name, in both scripts; so that an empty register finds them too."""

_LIST = """
China 中国|United Kingdom 英国|UK 联合王国|England 英格兰|Scotland 苏格兰|Wales 威尔士|Asia 亚洲|Europe 欧洲|Hong Kong 香港
Macao 澳门|Taiwan 台湾|Singapore 新加坡|Japan 日本|Germany 德国|France 法国|India 印度|Malaysia 马来西亚|Thailand 泰国
Beijing 北京|Shanghai 上海|Tianjin 天津|Chongqing 重庆|Jiangsu 江苏|Zhejiang 浙江|Guangdong 广东|Shandong 山东|Sichuan 四川
Hubei 湖北|Hunan 湖南|Henan 河南|Hebei 河北|Shanxi 山西|Shaanxi 陕西|Anhui 安徽|Fujian 福建|Jiangxi 江西|Liaoning 辽宁
Jilin 吉林|Heilongjiang 黑龙江|Yunnan 云南|Guizhou 贵州|Guangxi 广西|Hainan 海南|Gansu 甘肃|Qinghai 青海|Ningxia 宁夏
Xinjiang 新疆|Tibet 西藏|Inner Mongolia 内蒙古|Nanjing 南京|Suzhou 苏州|Wuxi 无锡|Changzhou 常州|Nantong 南通|Yangzhou 扬州
Xuzhou 徐州|Taicang 太仓|Hangzhou 杭州|Ningbo 宁波|Wenzhou 温州|Guangzhou 广州|Shenzhen 深圳|Zhuhai 珠海|Foshan 佛山
Dongguan 东莞|Qingdao 青岛|Jinan 济南|Yantai 烟台|Chengdu 成都|Wuhan 武汉|Changsha 长沙|Zhengzhou 郑州|Xi'an 西安
Hefei 合肥|Fuzhou 福州|Xiamen 厦门|Nanchang 南昌|Dalian 大连|Shenyang 沈阳|Changchun 长春|Harbin 哈尔滨|Kunming 昆明
Guiyang 贵阳|Nanning 南宁|Haikou 海口|Lanzhou 兰州|Taiyuan 太原|Shijiazhuang 石家庄|London 伦敦|Birmingham 伯明翰
Liverpool 利物浦|Manchester 曼彻斯特|Leeds 利兹|Sheffield 谢菲尔德|Nottingham 诺丁汉|Bristol 布里斯托|Oxford 牛津
Cambridge 剑桥|Edinburgh 爱丁堡|Glasgow 格拉斯哥|Cardiff 加的夫|Newcastle 纽卡斯尔|Southampton 南安普敦|York 约克
"""
LANDS = [tuple(one.rsplit(" ", 1)) for one in _LIST.replace("\n", "|").split("|") if one]
