-- The indicator rows added up over the units of every county; 'withheld' is all withheld ones.
with
final as (
    select
        indicator_id,
        county_id,
        period,
        sum(numerator) as numerator,
        sum(denominator) as denominator,
        bool_and(is_withheld) as is_withheld
    from indicator_rows
    group by indicator_id, county_id, period
    order by indicator_id, county_id, period
)

select * from final
