module planted
-- Not a model: two commands with a wrong expectation and one without any, to show that the test can fail.
sig Thing {}
check holdsThoughSaidNotTo { all t: Thing | t = t } for 2 expect 1
run possibleThoughSaidNotTo { some Thing } for 2 expect 0
run saysNothing { no Thing } for 2
