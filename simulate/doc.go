// Package simulate makes transaction exports whose truth is known: customers
// who buy and leave as a model says they do, with parameters that the caller
// chose.
//
// In come Options: how many customers, from when to when, which model with
// which parameters, and how rich or damaged the export shall be. Out come rows
// like those of a shop's own export, as CSV (WriteCSV), as Parquet
// (WriteParquet) or one by one (Generate), and beside them, where asked for, a
// table of what no shop ever knows: every customer's true rate, the day of
// leaving and the mean spend.
//
//	Options -> customer: purchase times and spend   (model, profile, spend)
//	        -> orders with lines and returns        (basket, returns)
//	        -> rows, some of them damaged           (flaw)
//	        -> CSV, Parquet or a function; truth    (csv, parquet, truth)
//
// Every customer has random numbers of their own, found from the seed and the
// customer's number alone. So the bytes do not depend on how many workers
// there are, and a million customers need no more memory than a thousand:
// customers are made in chunks, side by side, and written in order. Rows come
// customer by customer; Options.SortByTime puts them in the order of a real
// export, for which all rows must fit in memory.
//
// Options.Contacts are messages of campaigns to customers, and Options.Effects what these do:
// the same customers buy more or less in the window of the contact. Shoppers says what is true
// of customers whom nobody contacts, and an Outcome what came of a contact (contact, influence),
// with the responses that an engine would send back (answers).
//
// Draws are kept in separate streams (purchases, baskets, returns, damage, and each
// contact): a shop with returns or damage switched on has the same purchases as without, and a
// contact changes nothing but its customer's purchases in its window.
//
// Times are the shop's wall clock, without a zone. A model's continuous time
// falls on its own calendar day; within the day it is squeezed into opening
// hours, which keeps the order of purchases and the day each belongs to.
package simulate
