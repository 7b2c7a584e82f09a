package revenue

import "clientele/internal/money"

// Sources are amounts of revenue by where they come from. A purchase is what a customer
// bought on a day, as it was bought.
type Sources struct {
	Initial     money.Amount // the first purchase
	Repeat      money.Amount // later ones, but for the next two
	Incremental money.Amount // what they brought above the mean of those before
	Cross       money.Amount // what of them was of categories new to the customer
	Referral    money.Amount // the first purchase of who was brought by another customer
	Premium     money.Amount // paid above list prices, in none of the others
	Returned    money.Amount // what came back: taken off
}

// Net is bought less returned.
func (s Sources) Net() money.Amount {
	return s.Initial.Plus(s.Repeat).Plus(s.Incremental).Plus(s.Cross).Plus(s.Referral).Plus(s.Premium).Minus(s.Returned)
}

// Plus adds others, source by source.
func (s Sources) Plus(o Sources) Sources {
	return Sources{
		Initial: s.Initial.Plus(o.Initial), Repeat: s.Repeat.Plus(o.Repeat), Incremental: s.Incremental.Plus(o.Incremental), Cross: s.Cross.Plus(o.Cross),
		Referral: s.Referral.Plus(o.Referral), Premium: s.Premium.Plus(o.Premium), Returned: s.Returned.Plus(o.Returned),
	}
}
