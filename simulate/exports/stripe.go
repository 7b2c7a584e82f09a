package exports

import (
	"encoding/json"
	"time"
)

// stripeCharges is the older "payments" CSV of Stripe: a line for each charge,
// with all columns.
//
// Known: the heading as a program states it in full; Created (UTC) to the
// minute; states Paid, Refunded and Failed; amounts in units, with a point.
//
// What counts: Amount less Amount Refunded, in the order's own day, as the file
// says no time of refunds. Failed charges brought no money. Fees are the
// shop's, not the customer's.
var stripeCharges = kind{
	name:    "stripe-charges", // Stripe: charges
	style:   stripeStyle("UTC"),
	reading: totals(stripeCustomer),
	write: func(s *Shop, f *folder) error {
		return f.text("payments.csv", tableOf(f, stripeChargeColumns(s), stripeOrders(s)), rfc4180)
	},
}

// stripeDashboard is the CSV that the payments page of Stripe's dashboard
// exports, unified_payments.csv.
//
// Known: the names of columns from samples of exports; Created date (UTC) to the
// second; thousands with a comma; the day of the last refund beside it.
//
// What counts is as in stripe-charges. The times are UTC, as their column says;
// the shop and its days are in New York.
var stripeDashboard = kind{
	name:    "stripe-dashboard", // Stripe: payments of the dashboard
	style:   stripeStyle("America/New_York"),
	reading: totals(stripeCustomer),
	write: func(s *Shop, f *folder) error {
		return f.text("unified_payments.csv", tableOf(f, stripePaymentColumns(s), stripeOrders(s)), rfc4180)
	},
}

// stripeJSON is what Stripe's API answers for a list of charges, saved as a
// file: one document with the list in "data".
//
// Known: the fields of a charge, from the API's reference: amounts in the
// smallest unit, times in seconds since 1970, the state of the payment and,
// apart from it, whether and how much was refunded.
//
// What counts is as in stripe-charges.
var stripeJSON = kind{
	name:    "stripe-json", // Stripe: charges of the API
	style:   stripeStyle("Europe/London"),
	reading: totals(stripeCustomer),
	write:   writeStripeJSON,
}

func stripeStyle(zone string) style {
	return style{locales: []*locale{english, german, french}, zone: zone, lines: 1.3, scale: 15, fates: true, refunds: true, unknown: 0.02}
}

func stripeCustomer(c *Customer) string {
	return "cus_" + token("stripe-customer", c.Number, base62, 14)
}

// stripeOrders are the orders of which Stripe knows, the newest first: whoever
// never tried to pay is not among them.
func stripeOrders(s *Shop) (orders []*Order) {
	for i := len(s.Orders) - 1; i >= 0; i-- {
		if fate := s.Orders[i].Fate; fate == Paid || fate == Failed {
			orders = append(orders, s.Orders[i])
		}
	}
	return orders
}

func stripeStatus(s *Shop, o *Order) string {
	switch back := s.Refunded(o); {
	case o.Fate == Failed:
		return "Failed"
	case back > 0 && back == s.Total(o):
		return "Refunded"
	default:
		return "Paid"
	}
}

func stripeID(o *Order) string { return "ch_3" + token("stripe", o.Number, base62, 23) }

// buyer is a cell about the customer, empty where nobody knows who it was.
func buyer(name string, cell func(*Customer) string) column[*Order] {
	return column[*Order]{name: name, cell: func(o *Order) string {
		if o.Customer == nil {
			return ""
		}
		return cell(o.Customer)
	}}
}

// fee is Stripe's own: 2.9% and 30 cents.
func fee(s *Shop, o *Order) Cents {
	if o.Fate != Paid {
		return 0
	}
	return s.Total(o)*29/1000 + 30
}

// stripeChargeColumns are the columns of the older export.
func stripeChargeColumns(s *Shop) []column[*Order] {
	text := func(name string, cell func(*Order) string) column[*Order] {
		return column[*Order]{name: name, cell: cell}
	}
	amount := func(name string, of func(*Order) Cents) column[*Order] {
		return text(name, func(o *Order) string { return plain.write(of(o)) })
	}
	columns := []column[*Order]{
		text("id", stripeID),
		{name: "Description", cell: func(o *Order) string { return "Order " + shopifyName(o) }, spare: true},
		{name: "Seller Message", cell: stripeMessage, spare: true},
		text("Created (UTC)", func(o *Order) string { return o.Time.UTC().Format("2006-01-02 15:04") }),
		amount("Amount", s.Total),
		amount("Amount Refunded", s.Refunded),
		text("Currency", func(*Order) string { return "usd" }),
		amount("Converted Amount", s.Total),
		amount("Converted Amount Refunded", s.Refunded),
		amount("Fee", func(o *Order) Cents { return fee(s, o) }),
		fixed[*Order]("Tax", "0.00"),
		fixed[*Order]("Converted Currency", "usd"),
		fixed[*Order]("Mode", "Live"),
		text("Status", func(o *Order) string { return stripeStatus(s, o) }),
		fixed[*Order]("Statement Descriptor", "OUR SHOP"),
		buyer("Customer ID", stripeCustomer),
		buyer("Customer Description", func(c *Customer) string { return c.Name }),
		buyer("Customer Email", func(c *Customer) string { return c.Email }),
		text("Captured", func(o *Order) string { return map[bool]string{true: "true", false: "false"}[o.Fate == Paid] }),
	}
	return append(columns, spare[*Order]("Card ID", "Card Last4", "Card Brand", "Card Funding", "Card Exp Month", "Card Exp Year", "Card Name",
		"Card Address Line1", "Card Address Line2", "Card Address City", "Card Address State", "Card Address Country", "Card Address Zip",
		"Card Issue Country", "Card Fingerprint", "Card CVC Status", "Card AVS Zip Status", "Card AVS Line1 Status",
		"Card Tokenization Method", "Disputed Amount", "Dispute Status", "Dispute Reason", "Dispute Date (UTC)",
		"Dispute Evidence Due (UTC)", "Invoice ID", "Payment Source Type", "Destination", "Transfer", "Interchange Costs",
		"Merchant Service Charge", "Transfer Group")...)
}

func stripeMessage(o *Order) string {
	if o.Fate == Failed {
		return "The bank did not return any further details with this decline."
	}
	return "Payment complete."
}

// stripePaymentColumns are the columns of the dashboard's export.
func stripePaymentColumns(s *Shop) []column[*Order] {
	text := func(name string, cell func(*Order) string) column[*Order] {
		return column[*Order]{name: name, cell: cell}
	}
	amount := func(name string, of func(*Order) Cents) column[*Order] {
		return text(name, func(o *Order) string { return grouped.write(of(o)) })
	}
	columns := []column[*Order]{
		text("id", func(o *Order) string { return "pi_3" + token("stripe-intent", o.Number, base62, 23) }),
		text("Created date (UTC)", func(o *Order) string { return o.Time.UTC().Format(time.DateTime) }),
		amount("Amount", s.Total),
		amount("Amount Refunded", s.Refunded),
		text("Currency", func(*Order) string { return "usd" }),
		text("Captured", func(o *Order) string { return map[bool]string{true: "true", false: "false"}[o.Fate == Paid] }),
		amount("Converted Amount", s.Total),
		amount("Converted Amount Refunded", s.Refunded),
		fixed[*Order]("Converted Currency", "usd"),
		{name: "Decline Reason", cell: func(o *Order) string { return map[bool]string{true: "generic_decline"}[o.Fate == Failed] }, spare: true},
		{name: "Description", cell: func(o *Order) string { return "Order " + shopifyName(o) }, spare: true},
		amount("Fee", func(o *Order) Cents { return fee(s, o) }),
		fixed[*Order]("Is Link", "false"),
		fixed[*Order]("Mode", "Live"),
		{name: "PaymentIntent ID", cell: func(o *Order) string { return "pi_3" + token("stripe-intent", o.Number, base62, 23) }, spare: true},
		fixed[*Order]("Payment Source Type", "card"),
		text("Refunded date (UTC)", func(o *Order) string {
			if n := len(o.Refunds); n > 0 {
				return o.Refunds[n-1].Time.UTC().Format(time.DateTime)
			}
			return ""
		}),
		fixed[*Order]("Statement Descriptor", "OUR SHOP"),
		text("Status", func(o *Order) string { return stripeStatus(s, o) }),
		{name: "Seller Message", cell: stripeMessage, spare: true},
		fixed[*Order]("Taxes On Fee", "0.00"),
		fixed[*Order]("Card ID", "pm_1"),
		buyer("Customer ID", stripeCustomer),
		buyer("Customer Description", func(c *Customer) string { return c.Name }),
		buyer("Customer Email", func(c *Customer) string { return c.Email }),
	}
	return append(columns, spare[*Order]("Invoice ID", "Transfer", "order_id (metadata)")...)
}

// stripeCharge is a charge in the API's answer.
type stripeCharge struct {
	ID             string         `json:"id"`
	Object         string         `json:"object"`
	Amount         Cents          `json:"amount"`
	Captured       Cents          `json:"amount_captured"`
	AmountRefunded Cents          `json:"amount_refunded"`
	Billing        stripeBilling  `json:"billing_details"`
	Created        int64          `json:"created"`
	Currency       string         `json:"currency"`
	Customer       *string        `json:"customer"`
	Description    string         `json:"description"`
	Disputed       bool           `json:"disputed"`
	FailureCode    *string        `json:"failure_code"`
	Invoice        *string        `json:"invoice"`
	Livemode       bool           `json:"livemode"`
	Metadata       map[string]any `json:"metadata"`
	Paid           bool           `json:"paid"`
	Intent         string         `json:"payment_intent"`
	Refunded       bool           `json:"refunded"`
	Status         string         `json:"status"`
}

// stripeBilling is who paid.
type stripeBilling struct {
	Address struct {
		City    *string `json:"city"`
		Country *string `json:"country"`
	} `json:"address"`
	Email *string `json:"email"`
	Name  *string `json:"name"`
	Phone *string `json:"phone"`
}

// writeStripeJSON writes the API's answer, indented as the API does.
func writeStripeJSON(s *Shop, f *folder) error {
	list := struct {
		Object  string         `json:"object"`
		Data    []stripeCharge `json:"data"`
		HasMore bool           `json:"has_more"`
		URL     string         `json:"url"`
	}{Object: "list", URL: "/v1/charges"}
	for _, o := range stripeOrders(s) {
		list.Data = append(list.Data, chargeOf(s, o))
	}
	data, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		return err
	}
	f.add("charges.json", append(data, '\n'), len(list.Data))
	return nil
}

func chargeOf(s *Shop, o *Order) stripeCharge {
	c := stripeCharge{
		ID: stripeID(o), Object: "charge", Amount: s.Total(o), AmountRefunded: s.Refunded(o), Created: o.Time.Unix(),
		Currency: "usd", Description: "Order " + shopifyName(o), Livemode: true, Paid: o.Fate == Paid, Status: "failed",
		Metadata: map[string]any{"order": shopifyName(o)}, Intent: "pi_3" + token("stripe-intent", o.Number, base62, 23),
	}
	if o.Fate == Paid {
		c.Status, c.Captured = "succeeded", c.Amount
	} else {
		declined := "card_declined"
		c.FailureCode = &declined
	}
	c.Refunded = c.AmountRefunded > 0 && c.AmountRefunded == c.Amount
	if o.Customer != nil {
		id := stripeCustomer(o.Customer)
		c.Customer = &id
		c.Billing.Email, c.Billing.Name = &o.Customer.Email, &o.Customer.Name
		c.Billing.Address.City, c.Billing.Address.Country = &o.Customer.City.City, &o.Customer.Country
	}
	return c
}
