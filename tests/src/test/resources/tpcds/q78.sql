-- What customers bought in the stores and kept, against what they bought of the same item elsewhere
WITH web AS (
    SELECT
        d_year AS sold_year,
        ws_item_sk AS item_sk,
        ws_bill_customer_sk AS customer_sk,
        sum(ws_quantity) AS qty,
        sum(ws_wholesale_cost) AS wc,
        sum(ws_sales_price) AS sp
    FROM web_sales
    JOIN date_dim ON d_date_sk = ws_sold_date_sk
    LEFT JOIN web_returns ON wr_order_number = ws_order_number AND wr_item_sk = ws_item_sk
    WHERE wr_order_number IS NULL
    GROUP BY d_year, ws_item_sk, ws_bill_customer_sk
),
mail AS (
    SELECT
        d_year AS sold_year,
        cs_item_sk AS item_sk,
        cs_bill_customer_sk AS customer_sk,
        sum(cs_quantity) AS qty,
        sum(cs_wholesale_cost) AS wc,
        sum(cs_sales_price) AS sp
    FROM catalog_sales
    JOIN date_dim ON d_date_sk = cs_sold_date_sk
    LEFT JOIN catalog_returns ON cr_order_number = cs_order_number AND cr_item_sk = cs_item_sk
    WHERE cr_order_number IS NULL
    GROUP BY d_year, cs_item_sk, cs_bill_customer_sk
),
shop AS (
    SELECT
        d_year AS sold_year,
        ss_item_sk AS item_sk,
        ss_customer_sk AS customer_sk,
        sum(ss_quantity) AS qty,
        sum(ss_wholesale_cost) AS wc,
        sum(ss_sales_price) AS sp
    FROM store_sales
    JOIN date_dim ON d_date_sk = ss_sold_date_sk
    LEFT JOIN store_returns ON sr_ticket_number = ss_ticket_number AND sr_item_sk = ss_item_sk
    WHERE sr_ticket_number IS NULL
    GROUP BY d_year, ss_item_sk, ss_customer_sk
)
SELECT
    shop.sold_year AS ss_sold_year,
    shop.item_sk AS ss_item_sk,
    shop.customer_sk AS ss_customer_sk,
    round(CAST(shop.qty AS double) / NULLIF(coalesce(web.qty, 0) + coalesce(mail.qty, 0), 0), 2) AS ratio,
    shop.qty AS store_qty,
    shop.wc AS store_wholesale_cost,
    shop.sp AS store_sales_price,
    coalesce(web.qty, 0) + coalesce(mail.qty, 0) AS other_chan_qty,
    coalesce(web.wc, 0) + coalesce(mail.wc, 0) AS other_chan_wholesale_cost,
    coalesce(web.sp, 0) + coalesce(mail.sp, 0) AS other_chan_sales_price
FROM shop
LEFT JOIN web ON web.sold_year = shop.sold_year AND web.item_sk = shop.item_sk AND web.customer_sk = shop.customer_sk
LEFT JOIN mail ON mail.sold_year = shop.sold_year AND mail.item_sk = shop.item_sk AND mail.customer_sk = shop.customer_sk
WHERE (coalesce(web.qty, 0) > 0 OR coalesce(mail.qty, 0) > 0)
  AND shop.sold_year = 2000
ORDER BY
    ss_sold_year,
    ss_item_sk,
    ss_customer_sk,
    store_qty DESC,
    store_wholesale_cost DESC,
    store_sales_price DESC,
    other_chan_qty,
    other_chan_wholesale_cost,
    other_chan_sales_price,
    ratio
LIMIT 100
