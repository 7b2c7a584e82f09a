package exports

import (
	"fmt"
	"slices"
	"strings"
)

// Options say what is made.
type Options struct {
	Kind      string
	Customers int
	Seed      uint64
	// Variation changes what shops change about their exports.
	Variation Variation
}

// Export is what was made.
type Export struct {
	Files []File
	Truth Truth
	// Zone is where the shop is, Currency the money of its amounts.
	Zone, Currency string
	// LastDay is the last day of the export, as 2025-06-30.
	LastDay string
	// Answers are settings of a job file that nobody can know but a person of
	// the shop, by key.
	Answers map[string]string
}

// kind is a kind of export.
type kind struct {
	name  string
	style style
	reading
	// answers as in Export, but for the zone.
	answers map[string]string
	write   func(*Shop, *folder) error
	// make makes the whole export, of kinds that are of no Shop.
	make func(Options) (*Export, error)
}

// kinds are all kinds, in the order in which they are listed.
var kinds = []kind{
	shopify, woocommerce, magento, square, stripeCharges, stripeDashboard, stripeJSON,
	amazonText, amazonCSV, olist, olistPayments, taobao, youzan, youzanXLSX, datev, paypal, simulateCSV, simulateParquet,
	report, parquetFolders, nested, unicodeText, crm, idMap, repeated, departments, departmentsMail,
	frenchShop, indianShop, swissShop, japaneseShop, taiwaneseShop, currencies,
}

// Kinds lists the names of all kinds.
func Kinds() []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.name
	}
	return names
}

// Write makes an export.
func Write(o Options) (*Export, error) {
	at := slices.IndexFunc(kinds, func(k kind) bool { return k.name == o.Kind })
	if at < 0 {
		return nil, fmt.Errorf("exports: kind: %q is unknown; choose one of %s", o.Kind, strings.Join(Kinds(), ", "))
	}
	if o.Customers < 1 {
		return nil, fmt.Errorf("exports: customers: %d is too few; at least 1", o.Customers)
	}
	k := kinds[at]
	e, err := k.export(o)
	if err != nil {
		return nil, fmt.Errorf("exports: %s: %w", k.name, err)
	}
	e.Zone, e.Currency, e.Answers = k.style.zone, k.style.locales[0].currency, k.answers
	e.LastDay = lastDay.Format("2006-01-02")
	return e, nil
}

// export makes the files and the truth.
func (k kind) export(o Options) (*Export, error) {
	if k.make != nil {
		return k.make(o)
	}
	s, err := newShop(o, k.style)
	if err != nil {
		return nil, err
	}
	f := newFolder(o)
	if err := k.write(s, f); err != nil {
		return nil, err
	}
	return &Export{Files: f.files, Truth: k.truth(s)}, nil
}
