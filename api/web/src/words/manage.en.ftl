## What managers do at a stand: tablets, people, first PINs

manage-pin-again = This needs your PIN once more.
manage-back = Back
manage-pair = Pair a tablet
manage-pair-scan = Code of the pairing link
manage-pair-how = Point the other tablet's camera here, or open the link on it. Good for one tablet, for ten minutes.
manage-this-tablet = this one
manage-paired = paired { $date }
manage-not-seen = paired { $date }, not seen since
manage-tablet-locked = locked after wrong PINs until { $time }
manage-unlock = Unlock
manage-revoke = Revoke
manage-revoke-named = Revoke { $name }
manage-revoke-sure = Shut it out now
manage-add-person = Add a person
manage-name = Name
manage-role = Works as
manage-to-pin = On to a first PIN
manage-no-pin = no PIN
manage-first-pin = First PIN
manage-first-pin-of = First PIN for { $name }
manage-first-pin-how = A first PIN for { $name }, to be told to them. It opens only the choosing of their own.
manage-pin-set = { $name } has a first PIN.
