//! vCard 2.1, 3.0 and 4.0: the particulars of people and firms.
