// Command exportkinds times how each kind of export is read, beside a plain CSV
// of as many rows.
//
// For each kind it writes an export by package simulate/exports, has `clientele
// init` draft its job, and runs the job and that of the plain CSV in turns, with
// nothing estimated. What counts are the seconds of run.json from the first look
// at the files to the last row of the ledger.
package main
