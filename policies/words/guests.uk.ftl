### What guests read: warm, short, and what they can do.

## Who may have which place

area-not-bookable = «{ $area }» тут не бронюється. Зателефонуйте нам, і ми подивимося, що можна зробити.
area-not-bookable-but = «{ $area }» тут не бронюється. Будемо раді бачити вас за іншим столиком: { $areas }.
no-place-open-to-party = Місця для такої компанії на цей час залишені іншим. Зателефонуйте нам, і ми подивимося, що можна зробити.
larger-groups-ask = Тут можна забронювати стіл не більше ніж на { $most ->
    [one] { $most } гостя
    [few] { $most } гостей
   *[many] { $most } гостей
}. Надішліть нам запит, і ми відповімо особисто.
would-like = Якщо вийде
would-like-quiet = у тихому місці
would-like-window = біля вікна
would-like-booth = на диванчиках

## What booking sites and their guests are told of a refusal

public-no-table = На цей час для вашої компанії немає вільного столика.
public-no-table-before-closing = До закриття стіл для вашої компанії вже не звільниться.
public-kitchen-full = Приблизно в цей час кухня більше гостей прийняти не зможе.
public-waitlist-paused = Лист очікування на сьогодні призупинено. Будь ласка, зателефонуйте нам.
public-duplicate = Цей гість уже має бронювання приблизно на цей час.

## Dates and times

moment = { $day }, { $time }
day-alone = { $day }
day-first-pass = { $day }, до переведення годинника
day-second-pass = { $day }, після переведення годинника
time-first-pass = { $time }, до переведення годинника
time-second-pass = { $time }, після переведення годинника

## The page of a booking: what is so

visit-news-requested = Ми отримали ваш запит і скоро відповімо.
visit-news-booked = Столик заброньовано. Будемо раді вас бачити!
visit-news-arrived = Ласкаво просимо! Готуємо для вас столик.
visit-news-seated = Гарного відпочинку!
visit-news-finished = Дякуємо, що завітали. Будемо раді бачити вас знову.
visit-news-cancelled = Бронювання скасовано. Будемо раді бачити вас іншим разом.
visit-news-declined = Нам дуже шкода: цього разу столика для вас немає.
visit-news-no_show = Шкода, що не побачилися. Зателефонуйте нам, і ми подивимося, що можна зробити.
visit-news-walked = Нам дуже шкода, що ми не дотримали обіцянки.
visit-lost-table = Обіцяний вам столик цього разу зайнятий. Ми зручно посадимо вас за інший.
visit-closed-then = Перепрошуємо: у цей час ми все ж зачинені. Оберіть нижче інший час, або ми самі вам зателефонуємо.
visit-yours-until = Столик ваш до
visit-guests = Гостей
visit-area = Де ви сядете
visit-code = Код бронювання
visit-wishes = Ваші побажання
visit-address = Адреса
visit-phone = Телефон
visit-calendar = Додати до календаря
visit-rules = Варто знати
visit-rules-accepted = Ви погодилися з цими правилами під час бронювання.

## The page of a booking: changing and cancelling

visit-change = Змінити час або кількість гостей
visit-day = День
visit-look = Показати вільний час
visit-times = Вільний час: { $day }, { $guests ->
        [one] { $guests } гість
        [few] { $guests } гості
       *[many] { $guests } гостей
    }. Натисніть на зручний, і столик перенесеться.
visit-no-times = Цього дня все зайнято. Спробуйте інший день або зателефонуйте нам.
visit-time-as-now = { $time }, як зараз
visit-by-hand = Цей час ми підтверджуємо особисто. Якщо ви його оберете, теперішній столик звільниться, а ми скоро відповімо.
visit-cancel = Скасувати
visit-cancel-sure = Так, скасувати бронювання
visit-cancel-until = Скасувати тут можна до цього часу: { $when }. Пізніше, будь ласка, зателефонуйте нам.
visit-cancel-ended = Скасувати тут уже не вийде. Зателефонуйте нам, і ми щось придумаємо.
visit-too-late = Змінити бронювання онлайн уже не вийде. Зателефонуйте нам, і ми щось придумаємо.
visit-taken = Цей час щойно зайняли. Ось що вільно зараз.
visit-changed-meanwhile = Тим часом бронювання змінилося. Ось яке воно зараз.
visit-back = Назад до бронювання
visit-refused-CLOSED = У цей час ми не приймаємо гостей.
visit-refused-OUTSIDE_BOOKING_WINDOW = Цей час тут не забронювати: він уже минув, настане надто скоро або ще надто далеко. Зателефонуйте нам.
visit-refused-PARTY_SIZE_NOT_ALLOWED = Тут можна забронювати щонайбільше на { $most ->
        [one] { $most } гостя
       *[other] { $most } гостей
    }. Якщо вас більше, зателефонуйте нам, і ми щось придумаємо.
visit-refused-PACING_FULL = У цей час у кухні й так багато справ. Спробуйте трохи раніше або трохи пізніше.
visit-refused-PAUSED = На цей час бронювання онлайн призупинено. Зателефонуйте нам, і ми щось придумаємо.
visit-refused-NEEDS_NOT_MET = На цей час немає столика з тим, що вам потрібно. Спробуйте інший час.
visit-refused-DUPLICATE = У вас уже є бронювання приблизно на цей час.
visit-refused-GUEST_LIMIT = У вас уже стільки бронювань, скільки ми приймаємо тут. Щоб додати ще одне, зателефонуйте нам.
visit-refused-TURN_TOO_SHORT = Столик у цей час є, але надто ненадовго.

## The page of a visit: late, how many, on the way

late-title = Ми запізнюємося
late-how = Скажіть, на скільки, і ми одразу відповімо, що збережемо для вас.
late-by = { $minutes } хв, { $time }
late-you-come = Ви прийдете о { $time }
late-kept-until = Столик чекає на вас до { $time }.
late-then-table = Якщо прийдете пізніше: стіл { $table } о { $time }, тримаємо його до { $until }.
late-now-table = Перший столик уже зайнятий. Стіл { $table } ваш о { $time }, тримаємо його до { $until }.
late-then-not-before = Якщо прийдете пізніше, раніше ніж о { $time } столик обіцяти не можемо. Усе одно приходьте: зробимо, що зможемо.
late-then-none = Якщо прийдете пізніше, інший столик на цей вечір обіцяти не можемо. Зателефонуйте, і ми подивимося, що можна зробити.
size-title = Нас буде більше або менше
size-ask = Дізнатися, чи є місце
size-no-table = На стільки гостей столика в цей час немає.
size-we-keep = { $why } Ваш столик залишається за вами: { $guests ->
        [one] { $guests } гість
        [few] { $guests } гості
       *[many] { $guests } гостей
    }.
size-other-times = Для такої компанії ({ $guests }) вільно:
visit-confirm = Так, ми прийдемо
visit-confirmed-told = Ви підтвердили, що прийдете. Чекаємо на вас.
visit-on-our-way = Ми вже їдемо
visit-on-our-way-told = Ми знаємо, що ви вже в дорозі.
visit-not-now = Тут уже все змінилося. Ось як справи зараз.
visit-directions = Як нас знайти
allergies-title = Алергія
allergies-line = Що важливо знати нашій кухні?
allergies-send = Сказати кухні
allergies-told = Ви повідомили: { $words }
allergies-why = Це побачить наша команда цього вечора; ми збережемо це для ваших наступних візитів. Зателефонуйте, і ми видалимо.
thread-title = Написати нам
thread-line = Ваше повідомлення
thread-send = Надіслати
thread-you = Ви
thread-head = { $who }, { $time }
thread-is-full = Повідомлень уже багато. Якщо справа термінова, зателефонуйте нам, будь ласка.
bill-so-far = Ваш рахунок зараз
bill-paid = Ваш рахунок
bill-amount = { $amount }

## The calendar file

calendar-yours-until = Столик ваш до { $until }.

## The page of a waiting party

waitlist-title = Ваше місце у списку очікування
waitlist-ahead = Компаній перед вами
waitlist-next = Ви наступні
waitlist-quoted = Обіцяне очікування
waitlist-minutes = близько { $minutes ->
        [one] { $minutes } хвилини
       *[other] { $minutes } хвилин
    }
waitlist-seats = Ваш столик, за нашою оцінкою
waitlist-band = найімовірніше { $likely } хв, щонайпізніше за { $latest }
waitlist-clock = За годинником
waitlist-between = найімовірніше { $first }, щонайпізніше { $last }
waitlist-ready = Ваш столик готовий. Підійдіть, будь ласка, до хостес.
waitlist-kept-until = Тримаємо його для вас до
waitlist-coming = Ми вже йдемо
waitlist-coming-told = Дякуємо! Хостес знає, що ви йдете.
waitlist-leave = Вийти зі списку очікування
waitlist-leave-asked = Вийти зі списку очікування?
waitlist-leave-means = Ваше місце займуть ті, хто чекає за вами.
waitlist-stay = Залишитися в черзі
waitlist-slip = Натиснули випадково? Ще хвилину попереднє місце залишається за вами.
waitlist-come-back = Повернути моє місце
waitlist-left = Ви вийшли зі списку очікування. Дякуємо, що повідомили; будемо раді бачити вас іншим разом.
waitlist-gone = Ми кликали вас, але не дочекалися відповіді, і черга пішла далі. Підійдіть до хостес — вам радо повернуть ваше місце.
waitlist-seated = Ви вже за столиком. Гарного відпочинку!
waitlist-turned-away = Нам дуже шкода, що цього разу столика для вас не знайшлося. Дякуємо за терпіння.
waitlist-refreshes = Сторінка оновлюється сама.

## When something does not work

failure-gone = Це посилання більше не працює
failure-gone-why = Спитайте нас біля входу або телефоном, ми радо допоможемо.
failure-busy = Одну хвилину, будь ласка
failure-busy-why = Зараз не вдається відкрити нашу книгу бронювань. Сторінка сама спробує ще раз.
failure-busy-after-wish = Це триває довше, ніж звичайно. За кілька секунд сторінка покаже, чи вдалося внести зміну.
failure-broken = Такого ми не чекали
failure-broken-why = У нас щось не спрацювало, і ми вже знаємо про це. Спробуйте пізніше або зателефонуйте нам.
failure-unread = Надійшло не все
failure-unread-why = Прочитати надіслане не вдалося, тож нічого не змінилося. Відкрийте посилання з нашого повідомлення ще раз.
failure-no-page = Такої сторінки немає
failure-no-page-why = Можливо, посилання скопіювалося не повністю. Відкрийте його ще раз із нашого повідомлення або зателефонуйте нам.
failure-not-by-link = Натисніть, будь ласка, кнопку на вашій сторінці
failure-not-by-link-why = Саме по собі посилання нічого не змінює, усе залишилося як було.
failure-again = Спробувати ще раз
failure-back = На мою сторінку

## A gesture: how the sentence to the guest goes on

gesture-line-first_visit = бо ви в нас уперше
gesture-line-regular = бо ви знову й знову до нас повертаєтеся
gesture-line-occasion = бо сьогодні ваш день
gesture-line-long_wait = бо ви так терпляче на нас зачекали
gesture-line-complaint = бо хочеться, щоб ви пішли задоволеними
gesture-line-walked = бо ви залишилися з нами
gesture-line-turned_away = бо ви дали нам ще один шанс
gesture-line-long_stay = бо з вами тут стало затишніше
gesture-line-encore = бо захотілося ще раз до вас повернутися
gesture-line-own_wish = бо
visit-refused-AREA_NOT_BOOKABLE = На цей час цю зону тут не забронювати. Зателефонуйте нам, і ми щось придумаємо.

## Повідомлення гостям поштою

mail-hello = Вітаємо, { $name }!
mail-hello-unnamed = Вітаємо!
mail-subject-confirmation = Ваш столик у { $house }, { $day }
mail-line-confirmation = Столик заброньовано. Будемо раді вас бачити!
mail-subject-change = Змінилося бронювання в { $house }: { $day }, { $time }
mail-line-change = Бронювання змінилося. Ось яке воно тепер.
mail-subject-cancelled = Бронювання в { $house } скасовано, { $day }
mail-line-cancelled = Бронювання скасовано. Будемо раді бачити вас іншим разом.
mail-subject-cancelled_by_house = Нам довелося скасувати столик у { $house }, { $day }
mail-line-cancelled_by_house = Нам дуже прикро: цього разу ми не зможемо тримати для вас столик. Зателефонуйте нам, і ми знайдемо інший час.
mail-subject-reminder = Чекаємо на вас у { $house }: { $day }, { $time }
mail-line-reminder = Чекаємо на вас! Будь ласка, дайте знати на своїй сторінці, чи все без змін. Якщо її лише відкрити, нічого не зміниться.
mail-subject-called = Ваш столик у { $house } готовий
mail-line-called = Ваш столик готовий. Підійдіть, будь ласка, до адміністратора. Тримаємо його для вас до { $until }.
mail-subject-accepted = Так, ваш столик у { $house } заброньовано, { $day }
mail-line-accepted = Дякуємо за запит. Будемо раді вас прийняти: столик заброньовано.
mail-subject-declined = Ваш запит у { $house }, { $day }
mail-line-declined = Дякуємо за запит. Нам дуже прикро: цього разу місця для вашої компанії немає. Зателефонуйте нам, і ми пошукаємо інший час.
mail-when = Коли
mail-see = Переглянути або змінити бронювання
mail-answer = Відкрити мою сторінку й відповісти
mail-see-wait = Моє місце у списку очікування
mail-zone = Увесь час місцевий, { $house } ({ $zone }).
mail-why = Ми пишемо вам, бо у вас бронювання або місце у списку очікування в { $house }.
mail-stop = Більше мені не писати

## Повідомлення гостям на телефон: платимо за кожен відрізок, зайвих слів немає

text-confirmation = { $house }: столик заброньовано, { $day }, { $time }, гостей: { $guests }. Переглянути, змінити: { $link }
text-change = { $house }: ваш столик тепер { $day }, { $time }, гостей: { $guests }. Переглянути, змінити: { $link }
text-cancelled = { $house }: бронювання на { $day }, { $time } скасовано. Будемо раді бачити вас іншим разом.
text-cancelled_by_house = { $house }: нам дуже прикро, столик на { $day }, { $time } тримати не зможемо. Зателефонуйте, знайдемо інший час: { $phone }
text-reminder = { $house }: чекаємо на вас { $day }, { $time }, гостей: { $guests }. Усе без змін? { $link }
text-called = { $house }: ваш столик готовий і ваш до { $until }. Підійдіть до адміністратора. { $link }
text-accepted = { $house }: так, столик заброньовано, { $day }, { $time }, гостей: { $guests }. Переглянути, змінити: { $link }
text-declined = { $house }: нам дуже прикро, на { $day } столика для вас немає. Зателефонуйте, пошукаємо інший час: { $phone }

## Сторінка, що припиняє повідомлення

silence-title = Повідомлення від { $house }
silence-ask = Більше не писати вам ні поштою, ні на телефон? Ваші бронювання лишаться як є.
silence-sure = Так, більше не писати
silence-done = Більше ми вам не пишемо. Ваші бронювання лишилися як є; телефонуйте нам будь-коли.
