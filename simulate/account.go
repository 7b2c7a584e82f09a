package simulate

// accountColumn is the column of exports, and of the truth, that has the id of the account
// above a customer; empty: none. It is the last one.
const accountColumn = "account"

// withAccount are some columns, and that of accounts where the options have any.
func (o Options) withAccount(columns []string) []string {
	if o.Accounts == 0 {
		return columns
	}
	return append(columns, accountColumn)
}

// belowNone is one in how many customers stands below no account.
const belowNone = 4

// account is the id of the account above customer i, counted from 0; empty: none. The first
// customers are the accounts. Every second of these stands below another, so that there are
// accounts of accounts: 1 below 0, 3 below 1, 5 below 2. Of all other customers three in four
// stand below an account, drawn evenly. It takes no dice: what customers do is the same
// with accounts and without.
func (p *plan) account(i int) string {
	switch {
	case p.Accounts == 0:
		return ""
	case i < p.Accounts && i%2 == 1:
		return p.customerID(i / 2)
	case i < p.Accounts:
		return ""
	}
	drawn := scramble(scramble(p.Seed^scramble(uint64(accountDraws))) ^ scramble(uint64(i)))
	if drawn%belowNone == 0 {
		return ""
	}
	return p.customerID(int(drawn / belowNone % uint64(p.Accounts)))
}
