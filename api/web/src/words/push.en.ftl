## What waits for a person: sound, messages to a phone, questions passed on

push-sound = Sound when something waits for you
push-ring = Message to this device when nobody looks at it
push-ring-what = It says who asks and for what, and no guest’s name. Only while you are on the house’s staff.
push-on = On
push-off = Off
push-lost = This browser cannot bring messages here. Add the page to the home screen, and open it from there.
push-denied = This browser was told to bring no messages from here. Its settings for this page can change that.
push-passed-on = { $before } has not answered. { $name } is asked now.
push-passed-on-many = { $before } have not answered. { $name } is asked now.
push-nobody = Nobody has answered: { $before }. Decide yourself, or go and find one of them.
push-nobody-here = There is no manager to ask. Decide yourself.
push-asked-for = { $name } waits for your answer
