-- Quantities of items bought in a store, returned, then bought from the catalog
SELECT
    i_item_id,
    i_item_desc,
    s_state,
    count(ss_quantity) AS store_sales_count,
    round(avg(CAST(ss_quantity AS double)), 4) AS store_sales_avg,
    round(stddev_samp(CAST(ss_quantity AS double)), 4) AS store_sales_stdev,
    round(stddev_samp(CAST(ss_quantity AS double)) / nullif(avg(CAST(ss_quantity AS double)), 0), 4) AS store_sales_cov,
    count(sr_return_quantity) AS store_returns_count,
    round(avg(CAST(sr_return_quantity AS double)), 4) AS store_returns_avg,
    round(stddev_samp(CAST(sr_return_quantity AS double)), 4) AS store_returns_stdev,
    round(stddev_samp(CAST(sr_return_quantity AS double)) / nullif(avg(CAST(sr_return_quantity AS double)), 0), 4) AS store_returns_cov,
    count(cs_quantity) AS catalog_sales_count,
    round(avg(CAST(cs_quantity AS double)), 4) AS catalog_sales_avg,
    round(stddev_samp(CAST(cs_quantity AS double)), 4) AS catalog_sales_stdev,
    round(stddev_samp(CAST(cs_quantity AS double)) / nullif(avg(CAST(cs_quantity AS double)), 0), 4) AS catalog_sales_cov
FROM store_sales
JOIN store_returns ON sr_customer_sk = ss_customer_sk AND sr_item_sk = ss_item_sk AND sr_ticket_number = ss_ticket_number
JOIN catalog_sales ON cs_bill_customer_sk = sr_customer_sk AND cs_item_sk = sr_item_sk
JOIN date_dim sold ON sold.d_date_sk = ss_sold_date_sk
JOIN date_dim returned ON returned.d_date_sk = sr_returned_date_sk
JOIN date_dim again ON again.d_date_sk = cs_sold_date_sk
JOIN store ON s_store_sk = ss_store_sk
JOIN item ON i_item_sk = ss_item_sk
WHERE sold.d_quarter_name = '2001Q1'
  AND returned.d_quarter_name IN ('2001Q1', '2001Q2', '2001Q3')
  AND again.d_quarter_name IN ('2001Q1', '2001Q2', '2001Q3')
GROUP BY i_item_id, i_item_desc, s_state
ORDER BY i_item_id, i_item_desc, s_state
LIMIT 100
