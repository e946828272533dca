-- The breakdowns that may be read, withheld like the indicator rows; 'withheld' is all withheld
-- counties together, level by level.
with
marked as (
    select
        r.*,
        w.table_id is not null as is_withheld
    from computed.breakdown_rows as r
    left join computed.withheld_cells as w
        on
            r.breakdown = w.table_id
            and r.county_id = w.county_id
            and w.county_id = w.unit_id
            and r.period = w.period
),

final as (
    select
        breakdown,
        level,
        county_id,
        period,
        if(is_withheld, null, people) as people,
        if(is_withheld, null, among) as among,
        is_withheld
    from marked
    union all
    select
        breakdown,
        level,
        'withheld' as county_id,
        period,
        sum(people) as people,
        sum(among) as among,
        false as is_withheld
    from marked
    where is_withheld
    group by breakdown, level, period
)

select * from final
