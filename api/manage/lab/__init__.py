"""The lab: versions of the rules tried on the house's own evenings."""
