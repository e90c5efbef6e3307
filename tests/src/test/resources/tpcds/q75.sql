-- Product groups of one category that sold less than nine tenths of the year before, net of returns
WITH net_sales AS (
    SELECT
        cs_sold_date_sk AS date_sk,
        cs_item_sk AS item_sk,
        cs_quantity - coalesce(cr_return_quantity, 0) AS cnt,
        cs_ext_sales_price - coalesce(cr_return_amount, 0) AS amt
    FROM catalog_sales
    LEFT JOIN catalog_returns ON cr_order_number = cs_order_number AND cr_item_sk = cs_item_sk
    UNION ALL
    SELECT
        ss_sold_date_sk,
        ss_item_sk,
        ss_quantity - coalesce(sr_return_quantity, 0),
        ss_ext_sales_price - coalesce(sr_return_amt, 0)
    FROM store_sales
    LEFT JOIN store_returns ON sr_ticket_number = ss_ticket_number AND sr_item_sk = ss_item_sk
    UNION ALL
    SELECT
        ws_sold_date_sk,
        ws_item_sk,
        ws_quantity - coalesce(wr_return_quantity, 0),
        ws_ext_sales_price - coalesce(wr_return_amt, 0)
    FROM web_sales
    LEFT JOIN web_returns ON wr_order_number = ws_order_number AND wr_item_sk = ws_item_sk
),
-- the definition puts the channels together with UNION: equal rows count once
distinct_sales AS (
    SELECT DISTINCT d_year, i_brand_id, i_class_id, i_category_id, i_manufact_id, cnt, amt
    FROM net_sales
    JOIN item ON i_item_sk = item_sk
    JOIN date_dim ON d_date_sk = date_sk
    WHERE i_category = 'Books'
),
yearly AS (
    SELECT d_year, i_brand_id, i_class_id, i_category_id, i_manufact_id, sum(cnt) AS sales_cnt, sum(amt) AS sales_amt
    FROM distinct_sales
    GROUP BY d_year, i_brand_id, i_class_id, i_category_id, i_manufact_id
)
SELECT
    prev.d_year AS prev_year,
    curr.d_year AS year,
    curr.i_brand_id,
    curr.i_class_id,
    curr.i_category_id,
    curr.i_manufact_id,
    prev.sales_cnt AS prev_yr_cnt,
    curr.sales_cnt AS curr_yr_cnt,
    curr.sales_cnt - prev.sales_cnt AS sales_cnt_diff,
    curr.sales_amt - prev.sales_amt AS sales_amt_diff
FROM yearly AS curr
JOIN yearly AS prev
    ON prev.i_brand_id = curr.i_brand_id
    AND prev.i_class_id = curr.i_class_id
    AND prev.i_category_id = curr.i_category_id
    AND prev.i_manufact_id = curr.i_manufact_id
WHERE curr.d_year = 2002
  AND prev.d_year = 2002 - 1
  AND CAST(curr.sales_cnt AS double) / NULLIF(prev.sales_cnt, 0) < 0.9E0
ORDER BY sales_cnt_diff, sales_amt_diff, curr.i_brand_id, curr.i_class_id, curr.i_category_id, curr.i_manufact_id
LIMIT 100
