// Package referrals credits who brings customers.
//
// In come who is said to have brought whom, and what customers are worth. Out comes
// referral_value: a share of what a referred customer is worth is added to who brought
// them, a share of that share to who brought that one, and all of it is taken from the
// referred, so that the sum over all customers is 0 and customer equity is what it was.
//
//	referrals.go  the stage
//	transfer.go   what goes to whom
//
// Who brought whom, of all that is said, package forest decides.
package referrals
