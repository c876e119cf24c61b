### What guests read: warm, short, and what they can do.

## Who may have which place

area-not-bookable = Бронь на «{ $area }» тут ми не приймаємо. Зателефонуйте нам, і ми подивимося, що можна зробити.
area-not-bookable-but = Бронь на «{ $area }» тут ми не приймаємо. Будемо раді бачити вас тут: { $areas }.
no-place-open-to-party = Місця для такої компанії на цей час притримані для інших. Зателефонуйте нам, і ми подивимося, що можна зробити.
larger-groups-ask = Тут можна забронювати стіл не більше ніж на { $most ->
    [one] { $most } гостя
    [few] { $most } гостей
   *[many] { $most } гостей
}. Надішліть нам запит, і ми відповімо особисто.
would-like = Якщо вийде
would-like-quiet = у тихому місці
would-like-window = біля вікна
would-like-booth = на диванчиках
