package clv

import "errors"

// The classes of error of this package, for errors.Is.
var (
	// ErrRow marks a row that no customer can have.
	ErrRow = errors.New("not a customer's history")
	// ErrUnknownModel marks a model name that ModelNames does not list.
	ErrUnknownModel = errors.New("unknown model")
	// ErrParameter marks a parameter that is missing, unknown or out of range.
	ErrParameter = errors.New("bad parameter")
	// ErrNoCustomers marks a fit to no rows at all.
	ErrNoCustomers = errors.New("no customers")
	// ErrNoRepeat marks a fit to customers none of whom came back. Such data do not
	// tell how often a customer buys.
	ErrNoRepeat = errors.New("no repeat purchases")
	// ErrNoExposure marks a fit to customers who were all first seen at the
	// very end of observation, so that no time has passed.
	ErrNoExposure = errors.New("no time observed after the first purchase")
	// ErrNoGaps marks a fit that should find how regular purchases are in a panel
	// that does not tell the gaps between them.
	ErrNoGaps = errors.New("no gaps between purchases")
	// ErrNotIdentified marks a fit whose data do not determine a single
	// parameter. The best point found comes with it.
	ErrNotIdentified = errors.New("parameters not identified")
	// ErrNotNested marks a likelihood ratio test of fits that cannot be held
	// against each other: models none of which contains the other, or different
	// data.
	ErrNotNested = errors.New("not a nested pair of fits")
	// ErrNoMean marks a gamma-gamma model with q <= 1, under which the mean
	// spend of the population is infinite.
	ErrNoMean = errors.New("mean spend does not exist")
	// ErrNoSpend marks a spend fit with no row that has x > 0 and spend > 0.
	ErrNoSpend = errors.New("no repeat spend")
	// ErrMoneyUnit marks a spend fit to amounts so large or so small that gamma,
	// which is an amount too, would have to lie beyond MinParam or MaxParam.
	ErrMoneyUnit = errors.New("unfit unit of money")
)
