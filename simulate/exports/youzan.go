package exports

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// youzan is the CSV of 有赞's 订单导出: a line for each order, UTF-8 with a byte
// order mark, a tab behind every number that spreadsheets would shorten.
//
// Known: 订单号, 订单状态, 买家付款时间, 订单实付金额, 全部商品名称, 商品种类数, 收货人/提货人 and its
// kin, 买家昵称, 分销员, from programs that read the file and from lines quoted there;
// numbers such as E20260525220543065306159. From memory: 买家手机号, 订单退款状态,
// 订单已退款金额 and their places.
//
// What counts: 订单实付金额 less 订单已退款金额. 交易关闭 (closed) and 待付款 (to be paid)
// brought no money. A customer is a telephone, 买家手机号.
var youzan = kind{
	name:    "youzan", // 有赞: 订单导出 (CSV)
	style:   youzanStyle,
	reading: totals(func(c *Customer) string { return c.Phone }),
	write: func(s *Shop, f *folder) error {
		d := dialect{comma: ",", quotes: whereNeeded, eol: "\r\n", mark: true}
		return f.text("订单导出20250701.csv", tableOf(f, youzanColumns(s, "\t"), newestOrders(s)), d)
	},
}

// youzanXLSX is the same export as a workbook: every cell a text.
//
// What counts is as in youzan.
var youzanXLSX = kind{
	name:    "youzan-xlsx", // 有赞: 订单导出 (Excel)
	style:   youzanStyle,
	reading: totals(func(c *Customer) string { return c.Phone }),
	write: func(s *Shop, f *folder) error {
		return f.workbook("订单导出20250701.xlsx", sheet{name: "订单", table: tableOf(f, youzanColumns(s, ""), newestOrders(s)), counts: true})
	},
}

var youzanStyle = style{
	locales: []*locale{chinese}, zone: "Asia/Shanghai", lines: 1.4, scale: 6, shipping: true, fates: true, refunds: true,
}

// youzanColumns are the columns of the export; after stands behind numbers.
func youzanColumns(s *Shop, after string) []column[*Order] {
	text := func(name string, cell func(*Order) string) column[*Order] {
		return column[*Order]{name: name, cell: cell}
	}
	amount := func(name string, of func(*Order) Cents) column[*Order] {
		return text(name, func(o *Order) string { return plain.write(of(o)) })
	}
	return []column[*Order]{
		text("订单号", func(o *Order) string {
			return fmt.Sprintf("E%s%09d", o.Time.Format("20060102150405"), o.Number) + after
		}),
		text("订单状态", func(o *Order) string { return youzanStatus(s, o) }),
		text("订单创建时间", func(o *Order) string { return o.Time.Format(time.DateTime) }),
		text("买家付款时间", func(o *Order) string {
			if o.Fate != Paid {
				return ""
			}
			return o.Time.Add(time.Minute).Format(time.DateTime)
		}),
		text("全部商品名称", func(o *Order) string {
			var names []string
			for _, l := range o.Lines {
				names = append(names, fmt.Sprintf("%s(%d件)", l.Product.Name, l.Quantity))
			}
			return strings.Join(names, ",")
		}),
		text("商品种类数", func(o *Order) string { return strconv.Itoa(len(o.Lines)) }),
		amount("商品金额合计", func(o *Order) Cents { return sum(o.Lines, (*Line).Gross) }),
		amount("运费", func(o *Order) Cents { return o.Shipping }),
		amount("店铺优惠合计", (*Order).Discount),
		amount("应收订单金额", s.Total),
		amount("订单实付金额", func(o *Order) Cents {
			if o.Fate != Paid {
				return 0
			}
			return s.Total(o)
		}),
		text("订单退款状态", func(o *Order) string {
			switch back := s.Refunded(o); {
			case back == 0:
				return ""
			case back == s.Total(o):
				return "全额退款"
			default:
				return "部分退款"
			}
		}),
		amount("订单已退款金额", s.Refunded),
		fixed[*Order]("支付方式", "微信支付"),
		text("买家昵称", func(o *Order) string { return o.Customer.Given }),
		text("买家手机号", func(o *Order) string { return o.Customer.Phone + after }),
		text("收货人/提货人", func(o *Order) string { return o.Customer.Name }),
		{name: "收货人手机号/提货人手机号", cell: func(o *Order) string { return o.Customer.Phone + after }, spare: true},
		text("收货人省份", func(o *Order) string { return o.Customer.City.Region }),
		text("收货人城市", func(o *Order) string { return o.Customer.City.City }),
		fixed[*Order]("收货人地区", ""),
		fixed[*Order]("详细收货地址/提货地址", ""),
		fixed[*Order]("优惠券码名称", ""),
		fixed[*Order]("分销员", ""),
	}
}

func youzanStatus(s *Shop, o *Order) string {
	back := s.Refunded(o)
	switch {
	case o.Fate == Unpaid:
		return "待付款"
	case o.Fate != Paid, back > 0 && back == s.Total(o):
		return "交易关闭"
	case o.Time.After(s.End.AddDate(0, 0, -10)):
		return []string{"待发货", "已发货"}[o.Number%2]
	default:
		return "交易完成"
	}
}
