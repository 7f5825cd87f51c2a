"""What an inspection of the synthetic city looks at (演示事项的检查要点): by item, in the demonstration's own words."""

from __future__ import annotations

POINTS = {
    "market-disclosure": "年度报告是否按期公示；公示的出资、联系方式、对外担保等信息是否真实",
    "market-registration": "住所、经营范围、法定代表人与登记是否一致；营业执照是否公示",
    "market-food": "许可证与公示；进货查验记录；食品保质期和贮存温度；从业人员健康证明；餐饮具清洗消毒",
    "market-production": "原料查验；生产过程控制；出厂检验；标签标识；留样与追溯",
    "market-equipment": "使用登记与定期检验；作业人员持证；日常维护保养记录；应急预案",
    "market-laboratory": "资质认定范围；仪器设备检定校准；原始记录；报告的真实性",
    "market-certified": "认证范围与产品一致；认证标志使用；体系运行记录",
    "market-drug": "处方药凭处方销售；药师在岗；温湿度记录；购进渠道",
    "fire-premises": "疏散通道和安全出口；消防设施完好；用火用电管理；消防控制室值班",
    "fire-service": "执业条件；服务记录；出具文件的真实性",
    "fire-workshop": "疏散通道；灭火器材；电气线路；消防安全责任制",
    "emergency-chemical": "许可与备案；重大危险源管理；特殊作业审批；应急器材",
    "emergency-industry": "安全生产责任制；隐患排查治理台账；特种作业人员持证；有限空间管理",
    "ecology-discharge": "排污许可；治理设施运行；自行监测；台账记录",
    "ecology-vehicle": "检测设备检定；检测过程视频；检测数据的真实性",
    "ecology-waste": "危险废物贮存、标识、转移联单；管理计划备案",
    "health-place": "卫生许可；从业人员健康合格证明；空气、用品用具检测",
    "health-clinic": "执业登记与诊疗科目；医务人员资质；消毒隔离；医疗废物",
    "health-canteen": "消毒设施；消毒记录；餐饮具检测",
    "commerce-card": "备案；预收资金存管；合同与章程公示",
}
