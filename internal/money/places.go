package money

// places are the decimal places of currencies that have not two: the exponent of the minor
// unit.
//
// Source: ISO 4217:2015, table A.1, as of amendment 179 (2025),
// https://www.six-group.com/dam/download/financial-information/data-center/iso-currrency/lists/list-one.xml
var places = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0,
	"UGX": 0, "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
	"CLF": 4, "UYW": 4,
}

// Places are the decimal places of amounts in a currency, by its ISO 4217 code: two, but
// for those of another minor unit. Empty: it is not known which.
func Places(currency string) int {
	if n, other := places[currency]; other {
		return n
	}
	const usual = 2
	return usual
}
