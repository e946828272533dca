-- A yearly figure of the city that is over three times, or under a third of, the year before's.
with
compared as (
    select
        *,
        lag("数值") over figure_years as before
    from typed.city_figures
    window figure_years as (partition by "指标" order by "年度")
),

final as (
    select
        'city_figures' as resource,
        _row as row_number,
        '数值' as column_name,
        "数值" as value,
        before,
        "指标" as figure,
        period
    from compared
    where
        is_delivered
        and greatest("数值", before) >= 10
        and ("数值" > 3 * before or 3 * "数值" < before)
)

select * from final
