"""Words by which the columns of a list of delegates are known: their heads, and what stands in bodies and posts."""

# By what a column holds (`pasting.Holds`), as its head reads after normalising; '' for what is left out.
HEADS = {
    "family_name": r"family name|surname|last name|姓|姓氏",
    "given_name": r"given names?|first name|forenames?|名",
    "native_name": r"chinese( name)?|native( (name|script))?|name in chinese|中文名?|中文姓名",
    "name": r"(full |english )?names?|delegates?|participants?|name in english|姓名|名字|英文名|英文姓名|name 姓名",
    "title": r"titles?|form of address|salutation|mr mrs|称谓|称呼",
    "post": r"posts?|positions?|job title|functions?|roles?|rank|职务|职位|职称",
    "organisation": (
        r"organi[sz]ations?|institutions?|affiliations?|employers?|universit(y|ies)|units?|works? for"
        r"|单位|工作单位|机构|学校"
    ),
    "role": r"part|part in (the )?(visit|delegation)|role in (the )?(visit|delegation)|代表团职务",
    "notes": r"notes?|remarks?|comments?|备注|说明",
    "": (
        r"no|nr|number|序号|e ?mails?( address)?|mail|tele?phones?|mobiles?|phone( number)?|wechat|gender|sex"
        r"|passport( no| number)?|date of birth|birthday|nationality|diet|dietary.*"
        r"|电话|手机|邮箱|电子邮件|微信|护照号?码?|性别|出生日期|国籍"
    ),
}
BODY = (
    r"universit|institut|academy|college|school|government|bureau|committee|council|ministry|hospital|company|\bltd\b"
    r"|group|office of|department|centre|center|大学|学院|研究院|研究所|政府|委员会|公司|局$|厅$|医院"
)
WORK = (
    r"professor|director|dean\b|president|chancellor|provost|secretary|mayor|head of|manager|chair|lecturer|officer"
    r"|engineer|minister|rector|vice|deputy|主任|院长|校长|书记|市长|处长|教授|局长|秘书|副"
)
