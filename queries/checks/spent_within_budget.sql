-- What a project has spent month by month against its total investment; the first month over it.
with
running as (
    select
        m.*,
        p."项目名称" as project,
        p."总投资（万元）" as budget,
        sum(m."本月完成投资（万元）") over (partition by m."项目编号" order by m."月份") as spent,
        bool_or(m.is_delivered or p.is_delivered) over (partition by m."项目编号") as is_touched
    from typed.project_months as m
    inner join typed.projects as p on m."项目编号" = p."项目编号"
),

final as (
    select
        'project_months' as resource,
        _row as row_number,
        '本月完成投资（万元）' as column_name,
        round(spent, 2) as value,
        budget,
        project,
        period
    from running
    where is_touched and spent > 1.1 * budget
    qualify row_number() over (partition by "项目编号" order by "月份") = 1
)

select * from final
