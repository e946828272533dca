-- The indicator rows that may be read: a withheld unit keeps its row, without numbers, and the
-- numbers of all withheld units of a county stand together in one row of the unit 'withheld', so
-- that the county still adds up; those of withheld counties in one of the county 'withheld'.
with
marked as (
    select
        r.*,
        unit_cells.table_id is not null or county_cells.table_id is not null as is_withheld,
        if(county_cells.table_id is null, r.county_id, 'withheld') as pooled_in
    from computed.indicator_rows as r
    left join computed.withheld_cells as unit_cells
        on
            r.indicator_id = unit_cells.table_id
            and r.county_id = unit_cells.county_id
            and r.unit_id = unit_cells.unit_id
            and r.period = unit_cells.period
    left join computed.withheld_cells as county_cells
        on
            r.indicator_id = county_cells.table_id
            and r.county_id = county_cells.county_id
            and county_cells.county_id = county_cells.unit_id
            and r.period = county_cells.period
),

final as (
    select
        indicator_id,
        county_id,
        unit_id,
        period,
        if(is_withheld, null, numerator) as numerator,
        if(is_withheld, null, denominator) as denominator,
        is_withheld
    from marked
    union all
    select
        indicator_id,
        pooled_in as county_id,
        'withheld' as unit_id,
        period,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        false as is_withheld
    from marked
    where is_withheld
    group by indicator_id, pooled_in, period
)

select * from final
