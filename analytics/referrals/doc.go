// Package referrals credits who brings customers.
//
// In come who is said to have brought whom, and what customers are worth. Out comes
// referral_value: what a referred customer is worth is added to who brought them, and
// taken from the referred, so that the sum over all customers is 0 and customer equity is
// what it was.
//
//	referrals.go  the stage
//	links.go      who brought whom, of all that is said
package referrals
