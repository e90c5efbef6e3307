-- Who buys which item in stores, by catalog, or both
WITH shop AS (
    SELECT ss_customer_sk AS customer_sk, ss_item_sk AS item_sk
    FROM store_sales
    JOIN date_dim ON d_date_sk = ss_sold_date_sk
    WHERE d_month_seq BETWEEN 1200 AND 1200 + 11
    GROUP BY ss_customer_sk, ss_item_sk
),
mail AS (
    SELECT cs_bill_customer_sk AS customer_sk, cs_item_sk AS item_sk
    FROM catalog_sales
    JOIN date_dim ON d_date_sk = cs_sold_date_sk
    WHERE d_month_seq BETWEEN 1200 AND 1200 + 11
    GROUP BY cs_bill_customer_sk, cs_item_sk
)
SELECT
    count_if(shop.customer_sk IS NOT NULL AND mail.customer_sk IS NULL) AS store_only,
    count_if(shop.customer_sk IS NULL AND mail.customer_sk IS NOT NULL) AS catalog_only,
    count_if(shop.customer_sk IS NOT NULL AND mail.customer_sk IS NOT NULL) AS store_and_catalog
FROM shop
FULL JOIN mail ON mail.customer_sk = shop.customer_sk AND mail.item_sk = shop.item_sk
