package clv

// SpendModel is what a repeat purchase is expected to bring: gamma-gamma for purchases
// that bring money, times the chance that one does. That chance differs between
// customers who paid for their first purchase and those who did not: a free sample, a
// trial, something given back.
type SpendModel struct {
	GammaGamma
	FirstPaid   *Paying // nil: all repeat purchases brought money
	FirstUnpaid *Paying // nil: nobody began like that
}

// SpendHistory is what one customer's purchases say of the next.
type SpendHistory struct {
	First       float64 // spend on the first purchase; 0 where it brought nothing or is not known
	Paid        float64 // repeat purchases that brought money
	Mean        float64 // spend on one of those; of no account where Paid is 0
	Repeats     float64 // all repeat purchases
	FirstUnpaid bool    // whether the first purchase brought nothing
}

// purchases is how many purchases brought money, the first included where it is known.
func (h SpendHistory) purchases() float64 {
	if h.First > 0 {
		return h.Paid + 1
	}
	return h.Paid
}

// mean is the spend on one of those.
func (h SpendHistory) mean() float64 {
	if h.First > 0 {
		return (h.First + h.Paid*h.Mean) / (h.Paid + 1)
	}
	return h.Mean
}

// SpentOf are the columns of some histories that Total needs.
func SpentOf(of []SpendHistory) Spent {
	so := Spent{Mean: make([]float64, len(of)), Paid: make([]float64, len(of))}
	for i, h := range of {
		so.Mean[i], so.Paid[i] = h.mean(), h.purchases()
	}
	return so
}

// Expected is the spend expected per repeat purchase,
//
//	E(M | purchases that brought money, their mean) * (a + paid) / (a + b + repeats),
//
// where a and b are those of customers whose first purchase was paid for, or was not, as
// it is with this customer. Without such parameters the chance is 1 for a customer who has
// always paid, and that of unknownPaying for another.
func (s SpendModel) Expected(h SpendHistory) float64 {
	return s.ExpectedSpend(h.purchases(), h.mean()) * s.share(h)
}

// share is the chance that the next purchase brings money.
func (s SpendModel) share(h SpendHistory) float64 {
	p := s.FirstPaid
	if h.FirstUnpaid {
		p = s.FirstUnpaid
	}
	if p == nil {
		if h.paysAlways() {
			return 1
		}
		p = &unknownPaying
	}
	return p.Share(h.Paid, h.Repeats)
}

func (h SpendHistory) paysAlways() bool { return h.Paid == h.Repeats && !h.FirstUnpaid }

// SpendFit is a model of spend fitted to a shop.
type SpendFit struct {
	GammaGammaFit
	FirstPaid, FirstUnpaid *PayingFit // nil as in SpendModel
	// Unpaid is the weight of the customers who came back and whose repeat
	// purchases have brought no money, and Repeat of all who came back.
	Unpaid, Repeat float64
}

// SpendModel is the fitted model.
func (f SpendFit) SpendModel() SpendModel {
	m := SpendModel{GammaGamma: f.Model}
	if f.FirstPaid != nil {
		m.FirstPaid = &f.FirstPaid.Model
	}
	if f.FirstUnpaid != nil {
		m.FirstUnpaid = &f.FirstUnpaid.Model
	}
	return m
}

// FitSpend fits gamma-gamma to the purchases that brought money, the first included where
// it is known, and, where some of the others did not, Paying to those; weight nil means one customer each. Errors are those
// of FitGammaGamma and FitPaying.
func FitSpend(of []SpendHistory, weight []float64, workers int) (fit SpendFit, err error) {
	x, mean := make([]float64, len(of)), make([]float64, len(of))
	for i, h := range of {
		x[i], mean[i] = h.purchases(), h.mean()
		if h.Repeats > 0 {
			fit.Repeat += weightAt(weight, i)
		}
		if h.Repeats > 0 && h.Paid == 0 {
			fit.Unpaid += weightAt(weight, i)
		}
	}
	fit.GammaGammaFit, err = FitGammaGamma(x, mean, weight, workers)
	if err != nil {
		return fit, err
	}
	if fit.FirstPaid, err = fitPayingOf(of, false, weight, workers); err != nil {
		return fit, err
	}
	fit.FirstUnpaid, err = fitPayingOf(of, true, weight, workers)
	return fit, err
}

// fitPayingOf fits Paying to the customers whose first purchase was paid for, or
// was not; nil where all of them have always paid.
func fitPayingOf(of []SpendHistory, firstUnpaid bool, weight []float64, workers int) (*PayingFit, error) {
	var paid, repeats, weights []float64
	always := true
	for i, h := range of {
		if h.FirstUnpaid != firstUnpaid {
			continue
		}
		always = always && h.paysAlways()
		paid, repeats, weights = append(paid, h.Paid), append(repeats, h.Repeats), append(weights, weightAt(weight, i))
	}
	if always {
		return nil, nil //nolint:nilnil // nothing to fit is no error
	}
	fit, err := FitPaying(paid, repeats, weights, workers)
	return &fit, err
}

// weightAt is the weight of a row; nil means one customer each.
func weightAt(weight []float64, i int) float64 {
	if weight == nil {
		return 1
	}
	return weight[i]
}
