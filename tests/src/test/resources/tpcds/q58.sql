-- Items that earned about the same in all three channels in one week
WITH week AS (
    SELECT d_date_sk
    FROM date_dim
    WHERE d_week_seq = (SELECT d_week_seq FROM date_dim WHERE d_date = DATE '2000-01-03')
),
shop AS (
    SELECT i_item_id AS item_id, sum(ss_ext_sales_price) AS rev
    FROM store_sales
    JOIN item ON i_item_sk = ss_item_sk
    JOIN week ON d_date_sk = ss_sold_date_sk
    GROUP BY i_item_id
),
mail AS (
    SELECT i_item_id AS item_id, sum(cs_ext_sales_price) AS rev
    FROM catalog_sales
    JOIN item ON i_item_sk = cs_item_sk
    JOIN week ON d_date_sk = cs_sold_date_sk
    GROUP BY i_item_id
),
web AS (
    SELECT i_item_id AS item_id, sum(ws_ext_sales_price) AS rev
    FROM web_sales
    JOIN item ON i_item_sk = ws_item_sk
    JOIN week ON d_date_sk = ws_sold_date_sk
    GROUP BY i_item_id
),
together AS (
    SELECT
        shop.item_id,
        shop.rev AS ss_item_rev,
        mail.rev AS cs_item_rev,
        web.rev AS ws_item_rev,
        CAST(shop.rev + mail.rev + web.rev AS double) / 3 AS average
    FROM shop
    JOIN mail ON mail.item_id = shop.item_id
    JOIN web ON web.item_id = shop.item_id
    WHERE shop.rev BETWEEN 0.9 * mail.rev AND 1.1 * mail.rev
      AND shop.rev BETWEEN 0.9 * web.rev AND 1.1 * web.rev
      AND mail.rev BETWEEN 0.9 * shop.rev AND 1.1 * shop.rev
      AND mail.rev BETWEEN 0.9 * web.rev AND 1.1 * web.rev
      AND web.rev BETWEEN 0.9 * shop.rev AND 1.1 * shop.rev
      AND web.rev BETWEEN 0.9 * mail.rev AND 1.1 * mail.rev
)
SELECT
    item_id,
    ss_item_rev,
    round(CAST(ss_item_rev AS double) / nullif(average, 0) * 100, 4) AS ss_dev,
    cs_item_rev,
    round(CAST(cs_item_rev AS double) / nullif(average, 0) * 100, 4) AS cs_dev,
    ws_item_rev,
    round(CAST(ws_item_rev AS double) / nullif(average, 0) * 100, 4) AS ws_dev,
    round(average, 4) AS average
FROM together
ORDER BY item_id, ss_item_rev
LIMIT 100
