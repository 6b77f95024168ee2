-- Of a text or shared key an order has one, but for plans: two months of a plan are more than one.
update offer_versions set document = '{"perUnit":true,' || substr(document, 2)
where document like '{"%' and exists
  (select 1 from shop_plan p where p.tenant = offer_versions.tenant and (p.month_sku = offer_versions.sku_id or p.year_sku = offer_versions.sku_id))
  and document like '%"delivery":"Text"%';
