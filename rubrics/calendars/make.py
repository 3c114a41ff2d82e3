#!/usr/bin/env python3
"""Writes cn-national.calendar: the days that differ from Monday to Friday, year by year.

The days are those of the State Council's yearly notices, as the packages chinesecalendar and holidays give them; where
the two differ, the year says so. Needs both: pip install chinesecalendar holidays
"""
import datetime
import pathlib

import chinese_calendar
import holidays

FIRST, LAST = 2004, 2026
# The number of the notice of the State Council's office for each year, where it has one of its own.
NOTICES = {
    2010: "国办发明电〔2009〕31号", 2011: "国办发明电〔2010〕40号",
    2012: "国办发明电〔2011〕45号", 2013: "国办发明电〔2012〕33号", 2014: "国办发明电〔2013〕28号",
    2015: "国办发明电〔2014〕28号", 2016: "国办发明电〔2015〕18号", 2017: "国办发明电〔2016〕17号",
    2018: "国办发明电〔2017〕12号", 2019: "国办发明电〔2018〕15号", 2020: "国办发明电〔2019〕16号",
    2021: "国办发明电〔2020〕27号", 2022: "国办发明电〔2021〕11号", 2023: "国办发明电〔2022〕16号",
    2024: "国办发明电〔2023〕7号", 2025: "国办发明电〔2024〕12号",
}


def days(year):
    day = datetime.date(year, 1, 1)
    while day.year == year:
        yield day
        day += datetime.timedelta(1)


def stretches(some):
    """Days as stretches of following ones; weekends between do not break a stretch."""
    found = []
    for day in some:
        if found and day - found[-1][1] == datetime.timedelta(1):
            found[-1][1] = day
        else:
            found.append([day, day])
    return "、".join(str(a) if a == b else f"{a} 至 {b}" for a, b in found)


def other_works(calendar, day):
    """Whether the second source holds a day to be worked."""
    return calendar.is_working_day(day)


def main():
    lines = [
        "// 全国工作日历，2004 年至 2026 年：周一至周五以外的上班和周一至周五的放假。",
        "// 由 make.py 生成，依据国务院办公厅历年关于部分节假日安排的通知。",
        "",
        "日历 {",
        f"  年份 {FIRST} 至 {LAST}",
        "  工作日 周一 至 周五",
    ]
    for year in range(FIRST, LAST + 1):
        second = holidays.China(years=year)
        off = [d for d in days(year) if d.weekday() < 5 and chinese_calendar.is_holiday(d)]
        on = [d for d in days(year) if d.weekday() > 4 and chinese_calendar.is_workday(d)]
        differ = [d for d in days(year) if chinese_calendar.is_workday(d) != other_works(second, d)]
        notice = NOTICES.get(year)
        note = f"{year} 年" + (f"：{notice}" if notice else "")
        if differ:
            note += "；两份资料对 " + "、".join(map(str, differ)) + " 说法不一"
        lines.append(f"  // {note}")
        lines.append(f"  放假 {stretches(off)}")
        if on:
            lines.append(f"  上班 {stretches(on)}")
    lines.append("}")
    path = pathlib.Path(__file__).with_name("cn-national.calendar")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
