// Package revaluation values customers of a published night again.
//
// In comes a publication; out comes a [Night], which has the models and the prices of that
// night. By it any [History] can be valued, as of any day: that of the night, which gives
// the future value as published, or another one. Who takes the models of one night and the
// prices of another finds what each of them moved. The whole package is read-only: a Night
// is not changed by what it is asked, and may be asked by many goroutines at once.
//
//	night.go     Open: models and prices
//	history.go   what a customer did, as far as value goes by it
//	value.go     what models expect of histories, and what that comes to
//	spend.go     what a purchase is expected to come to; paid.go: how many purchases brought money
package revaluation
