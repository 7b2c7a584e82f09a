package exports

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// taobao is 淘宝's 已卖出的宝贝, 批量导出, 订单报表 (ExportOrderList….csv): a line for
// each order.
//
// Known: the heading, from programs that list it and from lines of real files
// quoted there; ids in ="…", so that spreadsheets keep their digits, and
// telephones behind a '; GB18030; the names of states; 买家实际支付金额 is what was
// paid and 退款金额 what went back.
//
// What counts: 买家实际支付金额 less 退款金额. 交易关闭 (closed) and 等待买家付款 (to be paid)
// brought no money.
var taobao = kind{
	name: "taobao", // 淘宝: 订单报表
	style: style{
		locales: []*locale{chinese}, zone: "Asia/Shanghai", lines: 1.5, scale: 8, shipping: true, fates: true, refunds: true,
	},
	reading: totals(taobaoNick),
	write: func(s *Shop, f *folder) error {
		d := dialect{comma: ",", quotes: always, eol: "\r\n", encoding: simplifiedchinese.GB18030}
		return f.text("ExportOrderList202507010912.csv", tableOf(f, taobaoColumns(s), newestOrders(s)), d)
	},
}

func taobaoNick(c *Customer) string { return fmt.Sprintf("%s的小店%d", c.Name, c.Number) }

// newestOrders are the orders, the last one first.
func newestOrders(s *Shop) (orders []*Order) {
	for i := len(s.Orders) - 1; i >= 0; i-- {
		orders = append(orders, s.Orders[i])
	}
	return orders
}

// taobaoText is a column of an order.
func taobaoText(name string, cell func(*Order) string) column[*Order] {
	return column[*Order]{name: name, cell: cell}
}

// taobaoAmount is such a column of money.
func taobaoAmount(name string, of func(*Order) Cents) column[*Order] {
	return taobaoText(name, func(o *Order) string { return plain.write(of(o)) })
}

// taobaoColumns are the columns of the report.
func taobaoColumns(s *Shop) []column[*Order] {
	return slices.Concat(
		taobaoMoney(s), taobaoDelivery(), taobaoItems(s),
		spare[*Order]("分阶段订单信息", "特权订金订单id", "定金排名", "修改后的sku", "修改后的收货地址", "异常信息", "天猫卡券抵扣", "集分宝抵扣", "是否是O2O交易"),
		[]column[*Order]{taobaoAmount("退款金额", s.Refunded), fixed[*Order]("预约门店", "")},
	)
}

// taobaoMoney are the columns of who paid what.
func taobaoMoney(s *Shop) []column[*Order] {
	return []column[*Order]{
		taobaoText("订单编号", func(o *Order) string { return `="` + strconv.Itoa(2_700_000_000_000_000_000+o.Number*10_007) + `"` }),
		taobaoText("买家会员名", func(o *Order) string { return taobaoNick(o.Customer) }),
		taobaoText("买家支付宝账号", func(o *Order) string { return o.Customer.Email }),
		taobaoAmount("买家应付货款", (*Order).Net),
		taobaoAmount("买家应付邮费", func(o *Order) Cents { return o.Shipping }),
		fixed[*Order]("买家支付积分", "0"),
		taobaoAmount("总金额", s.Total),
		fixed[*Order]("返点积分", "0"),
		taobaoAmount("买家实际支付金额", func(o *Order) Cents {
			if o.Fate != Paid {
				return 0
			}
			return s.Total(o)
		}),
		fixed[*Order]("买家实际支付积分", "0"),
		taobaoText("订单状态", func(o *Order) string { return taobaoStatus(s, o) }),
	}
}

// taobaoDelivery are the columns of where the goods went, and of when.
func taobaoDelivery() []column[*Order] {
	return []column[*Order]{
		fixed[*Order]("买家留言", ""),
		taobaoText("收货人姓名", func(o *Order) string { return o.Customer.Name }),
		taobaoText("收货地址", func(o *Order) string {
			p := o.Customer.City
			return p.Region + " " + p.City + " 某某路1号(" + p.Code + ")"
		}),
		fixed[*Order]("运送方式", "快递"),
		fixed[*Order]("联系电话", ""),
		taobaoText("联系手机", func(o *Order) string { return "'" + o.Customer.Phone }),
		taobaoText("订单创建时间", func(o *Order) string { return o.Time.Format(time.DateTime) }),
		taobaoText("订单付款时间", func(o *Order) string {
			if o.Fate != Paid {
				return ""
			}
			return o.Time.Add(90 * time.Second).Format(time.DateTime)
		}),
	}
}

// taobaoItems are the columns of what was bought, and of the shop.
func taobaoItems(s *Shop) []column[*Order] {
	return []column[*Order]{
		taobaoText("宝贝标题", func(o *Order) string {
			var names []string
			for _, l := range o.Lines {
				names = append(names, l.Product.Name)
			}
			return strings.Join(names, "，")
		}),
		taobaoText("宝贝种类", func(o *Order) string { return strconv.Itoa(len(o.Lines)) }),
		fixed[*Order]("物流单号", "No:SF1234567890"),
		fixed[*Order]("物流公司", "顺丰速运"),
		fixed[*Order]("订单备注", ""),
		taobaoText("宝贝总数量", func(o *Order) string { return strconv.Itoa(o.Items()) }),
		fixed[*Order]("店铺Id", "0"),
		fixed[*Order]("店铺名称", "我们的小店"),
		taobaoText("订单关闭原因", func(o *Order) string { return taobaoReason(s, o) }),
		fixed[*Order]("卖家服务费", "0"),
		fixed[*Order]("买家服务费", "0元"),
		fixed[*Order]("发票抬头", ""),
		fixed[*Order]("是否手机订单", "手机订单"),
	}
}

func taobaoStatus(s *Shop, o *Order) string {
	back := s.Refunded(o)
	switch {
	case o.Fate == Unpaid:
		return "等待买家付款"
	case o.Fate != Paid, back > 0 && back == s.Total(o):
		return "交易关闭"
	case o.Time.After(s.End.AddDate(0, 0, -10)):
		return []string{"买家已付款，等待卖家发货", "卖家已发货，等待买家确认"}[o.Number%2]
	default:
		return "交易成功"
	}
}

func taobaoReason(s *Shop, o *Order) string {
	switch status := taobaoStatus(s, o); {
	case status != "交易关闭":
		return "订单未关闭"
	case o.Fate == Paid:
		return "退款"
	default:
		return "买家未付款"
	}
}
