-- The people of single schools that may be read; see queries/figures.
with
final as (
    select
        p.breakdown,
        p.figure,
        p.county_id,
        p.school_id,
        p.period,
        w.table_id is not null as is_withheld,
        if(w.table_id is null, p.people, null) as people
    from computed.school_people as p
    left join computed.withheld_cells as w
        on
            p.breakdown = w.table_id
            and p.county_id = w.county_id
            and p.school_id = w.unit_id
            and p.period = w.period
)

select * from final
