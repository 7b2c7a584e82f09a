package revenue

import "clientele/internal/money"

// Sources are amounts of revenue by where they come from. A purchase is what a customer
// bought on a day, as it was bought.
type Sources struct {
	Initial     money.Amount // the first purchase
	Repeat      money.Amount // later ones, but for Incremental and Cross
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

// add adds others, source by source. Most are zero.
func (s *Sources) add(o Sources) {
	into, from := s.all(), o.all()
	for k, amount := range from {
		if *amount != (money.Amount{}) {
			*into[k] = into[k].Plus(*amount)
		}
	}
}

// all are the sources in the order of the columns.
func (s *Sources) all() [7]*money.Amount {
	return [7]*money.Amount{&s.Initial, &s.Repeat, &s.Incremental, &s.Cross, &s.Referral, &s.Premium, &s.Returned}
}
