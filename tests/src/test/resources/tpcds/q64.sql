-- Items returned in the stores that sold in two successive years, with the addresses of the sale and of the customer
WITH kept AS (
    SELECT cs_item_sk
    FROM catalog_sales
    JOIN catalog_returns ON cr_item_sk = cs_item_sk AND cr_order_number = cs_order_number
    GROUP BY cs_item_sk
    HAVING sum(cs_ext_list_price) > 2 * sum(cr_refunded_cash + cr_reversed_charge + cr_store_credit)
),
yearly AS (
    SELECT
        i_product_name AS product_name,
        i_item_sk AS item_sk,
        s_store_name AS store_name,
        s_zip AS store_zip,
        sold_to.ca_street_number AS b_street_number,
        sold_to.ca_street_name AS b_street_name,
        sold_to.ca_city AS b_city,
        sold_to.ca_zip AS b_zip,
        home.ca_street_number AS c_street_number,
        home.ca_street_name AS c_street_name,
        home.ca_city AS c_city,
        home.ca_zip AS c_zip,
        sold.d_year AS syear,
        first_sale.d_year AS fsyear,
        first_ship.d_year AS s2year,
        count(*) AS cnt,
        sum(ss_wholesale_cost) AS s1,
        sum(ss_list_price) AS s2,
        sum(ss_coupon_amt) AS s3
    FROM store_sales
    JOIN store_returns ON sr_item_sk = ss_item_sk AND sr_ticket_number = ss_ticket_number
    JOIN kept ON cs_item_sk = ss_item_sk
    JOIN item ON i_item_sk = ss_item_sk
    JOIN store ON s_store_sk = ss_store_sk
    JOIN promotion ON p_promo_sk = ss_promo_sk
    JOIN customer ON c_customer_sk = ss_customer_sk
    JOIN date_dim sold ON sold.d_date_sk = ss_sold_date_sk
    JOIN date_dim first_sale ON first_sale.d_date_sk = c_first_sales_date_sk
    JOIN date_dim first_ship ON first_ship.d_date_sk = c_first_shipto_date_sk
    JOIN customer_demographics then_cd ON then_cd.cd_demo_sk = ss_cdemo_sk
    JOIN customer_demographics now_cd ON now_cd.cd_demo_sk = c_current_cdemo_sk
    JOIN household_demographics then_hd ON then_hd.hd_demo_sk = ss_hdemo_sk
    JOIN household_demographics now_hd ON now_hd.hd_demo_sk = c_current_hdemo_sk
    JOIN income_band then_ib ON then_ib.ib_income_band_sk = then_hd.hd_income_band_sk
    JOIN income_band now_ib ON now_ib.ib_income_band_sk = now_hd.hd_income_band_sk
    JOIN customer_address sold_to ON sold_to.ca_address_sk = ss_addr_sk
    JOIN customer_address home ON home.ca_address_sk = c_current_addr_sk
    WHERE then_cd.cd_marital_status <> now_cd.cd_marital_status
      AND i_color IN ('purple', 'burlywood', 'indian', 'spring', 'floral', 'medium')
      AND i_current_price BETWEEN 64 AND 64 + 10
      AND i_current_price BETWEEN 64 + 1 AND 64 + 15
    GROUP BY
        i_product_name, i_item_sk, s_store_name, s_zip,
        sold_to.ca_street_number, sold_to.ca_street_name, sold_to.ca_city, sold_to.ca_zip,
        home.ca_street_number, home.ca_street_name, home.ca_city, home.ca_zip,
        sold.d_year, first_sale.d_year, first_ship.d_year
)
SELECT
    a.product_name,
    a.store_name,
    a.store_zip,
    a.b_street_number,
    a.b_street_name,
    a.b_city,
    a.b_zip,
    a.c_street_number,
    a.c_street_name,
    a.c_city,
    a.c_zip,
    a.syear AS syear1,
    a.cnt AS cnt1,
    a.s1 AS s11,
    a.s2 AS s21,
    a.s3 AS s31,
    b.s1 AS s12,
    b.s2 AS s22,
    b.s3 AS s32,
    b.syear AS syear2,
    b.cnt AS cnt2
FROM yearly a
JOIN yearly b ON b.item_sk = a.item_sk AND b.store_name = a.store_name AND b.store_zip = a.store_zip
WHERE a.syear = 1999
  AND b.syear = 1999 + 1
  AND b.cnt <= a.cnt
ORDER BY
    a.product_name, a.store_name, cnt2, s11, s12,
    a.store_zip, a.b_street_number, a.b_street_name, a.b_city, a.b_zip,
    a.c_street_number, a.c_street_name, a.c_city, a.c_zip, cnt1, s21, s31, s22, s32
