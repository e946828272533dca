-- Each target of a plan year with its clause, the plan's words and the office that answers for it.
select
    t.indicator_id,
    t.clause,
    t.quote_zh,
    t.office_id,
    t.due_month,
    o.name_zh as office_zh,
    o.name_en as office_en
from plan_targets as t
inner join plan_offices as o on t.office_id = o.office_id and t.plan_year = o.plan_year
where t.plan_year = $year
