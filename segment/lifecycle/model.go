package lifecycle

// model is a [Panel] made ready for use, with the rules. Workers share it and only
// read it.
type model struct {
	line     timeLine
	panel    *Panel
	rules    Rules
	table    *table   // nil: there is no forecast, and no customer is ever in decline
	forecast Forecast // the forecast that table holds
}

func newModel(panel *Panel, forecast Forecast, rules Rules, workers int) *model {
	m := &model{
		line: panel.Clock.line(), panel: panel, rules: rules.WithDefaults(panel.MedianGap),
		forecast: forecast,
	}
	if forecast != nil {
		m.table = newTable(forecast, workers)
	}
	return m
}

// customer works on one customer at a time. It is used for one after another, so that
// its memory is allocated once.
type customer struct {
	*model
	history
	// refitted: the panel was fitted anew on the night before the first one that is
	// followed.
	refitted bool
	// returns is the chance that a buyer of one purchase returns, by silence. Many
	// customers share a silence.
	returns map[float64]float64
	// known holds what stays the same until the next purchase. It belongs to the first
	// n days of the slice that begins at first.
	known struct {
		first        *int32
		n            int
		paces        paces
		posterior    posterior
		hasPosterior bool
	}
}

// ownPaces are the paces of the history.
func (c *customer) ownPaces() paces {
	if k := &c.known; k.first != &c.days[0] || k.n != len(c.days) {
		k.first, k.n, k.hasPosterior = &c.days[0], len(c.days), false
		k.paces = pacesOf(c.panel.Slowdowns, c.x, c.tx, c.duration)
	}
	return c.known.paces
}

// ownPosterior is the posterior of the history's regularity. It is called after
// ownPaces.
func (c *customer) ownPosterior() posterior {
	if !c.known.hasPosterior {
		c.known.posterior, c.known.hasPosterior = c.findPosterior(), true
	}
	return c.known.posterior
}
