-- The master teachers' online classes held in the year up to a month, the latest first.
select
    name as class_name,
    event_date as class_date
from activities
where
    category = 'online_master_classes'
    and strftime(event_date, '%Y-%m') between $as_of[:4] || '-01' and $as_of
order by class_date desc, class_name
