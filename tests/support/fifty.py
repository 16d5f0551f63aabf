"""Bills of fifty lines, of as many different things as asked for: a file's size says how many hanzi it has."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.money import total
from kiosk.ports.documents import PaidBill
from tests.support.paid_bills import BILL, LINES

LENGTH = 50
NAMES = (
    "阿莫西林胶囊",
    "盐酸氨溴索片",
    "硝苯地平控释片",
    "阿托伐他汀钙片",
    "二甲双胍缓释片",
    "复方丹参滴丸",
    "头颅磁共振平扫加增强",
    "葡萄糖测定（酶法）",
    "静脉输液（含一次性耗材）",
    "心电监护",
    "阿司匹林肠溶片",
    "苯磺酸氨氯地平片",
    "瑞舒伐他汀钙片",
    "氯吡格雷片",
    "琥珀酸美托洛尔缓释片",
    "缬沙坦胶囊",
    "格列美脲片",
    "甘精胰岛素注射液（预填充笔）",
    "左氧氟沙星氯化钠注射液",
    "头孢克肟分散片",
    "布洛芬缓释胶囊",
    "奥美拉唑肠溶胶囊",
    "蒙脱石散",
    "连花清瘟颗粒",
    "板蓝根颗粒",
    "六味地黄丸（浓缩丸）",
    "氨茶碱缓释片",
    "沙丁胺醇气雾剂",
    "孟鲁司特钠咀嚼片",
    "维生素B12注射液",
    "全血细胞计数（五分类）加C-反应蛋白快速联合测定",
    "尿液分析（化学加沉渣镜检）",
    "肝功能检查（谷丙转氨酶、谷草转氨酶、总胆红素）",
    "血清肌酐测定（肌氨酸氧化酶法）",
    "糖化血红蛋白测定（高效液相色谱法）",
    "凝血酶原时间测定",
    "乙型肝炎表面抗原定量",
    "甲状腺功能五项（化学发光法）",
    "胸部正侧位数字化摄影",
    "腹部彩色多普勒超声检查",
    "冠状动脉CT血管造影（含三维重建）",
    "无痛胃镜检查",
    "普通门诊诊察费（主治医师）",
    "中医辨证论治费",
    "针刺治疗（普通针刺）",
    "拔罐疗法",
    "皮内注射",
    "伤口换药（中）",
    "一次性使用无菌注射器（带针）",
    "医用外科口罩",
)
"""What a hospital's price list calls fifty usual things; no two of them alike, 270 hanzi in all."""


def fifty(things: int, bill: PaidBill = BILL) -> PaidBill:
    """The bill with fifty lines of so many things; its payers' figures stay the short bill's."""
    lines = tuple(replace(LINES[at % len(LINES)], sn=str(at + 1), name=NAMES[at % things]) for at in range(LENGTH))
    return replace(bill, batch=replace(bill.batch, lines=lines, total=total(line.amount for line in lines)))
