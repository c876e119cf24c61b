### What guests read: warm, short, and what they can do.

## Who may have which place

area-not-bookable = «{ $area }» здесь не бронируется. Позвоните нам, и мы посмотрим, что можно сделать.
area-not-bookable-but = «{ $area }» здесь не бронируется. Будем рады видеть вас за другим столиком: { $areas }.
no-place-open-to-party = Места для такой компании на это время оставлены другим. Позвоните нам, и мы посмотрим, что можно сделать.
larger-groups-ask = Здесь можно забронировать не больше чем на { $most ->
    [one] { $most } гостя
   *[other] { $most } гостей
}. Пришлите нам запрос, и мы ответим лично.
would-like = Если получится
would-like-quiet = в тихом месте
would-like-window = у окна
would-like-booth = на диванчиках

## What booking sites and their guests are told of a refusal

public-no-table = На это время для вашей компании нет свободного стола.
public-no-table-before-closing = До закрытия стол для вашей компании уже не освободится.
public-kitchen-full = Примерно в это время кухня больше гостей принять не сможет.
public-waitlist-paused = Лист ожидания на сегодня приостановлен. Пожалуйста, позвоните нам.
public-duplicate = У этого гостя уже есть бронь примерно на это время.

## Dates and times

moment = { $day }, { $time }
day-alone = { $day }
day-first-pass = { $day }, до перевода часов
day-second-pass = { $day }, после перевода часов
time-first-pass = { $time }, до перевода часов
time-second-pass = { $time }, после перевода часов

## The page of a booking: what is so

visit-news-requested = Мы получили ваш запрос и скоро ответим.
visit-news-booked = Столик забронирован. Будем рады вас видеть!
visit-news-arrived = Добро пожаловать! Готовим для вас столик.
visit-news-seated = Приятного отдыха!
visit-news-finished = Спасибо, что пришли. Будем рады видеть вас снова.
visit-news-cancelled = Бронь отменена. Будем рады видеть вас в другой раз.
visit-news-declined = Нам очень жаль: в этот раз столика для вас нет.
visit-news-no_show = Жаль, что не увиделись. Позвоните нам, и мы посмотрим, что можно сделать.
visit-news-walked = Нам очень жаль, что мы не сдержали обещание.
visit-lost-table = Обещанный вам столик в этот раз занят. Мы удобно посадим вас за другой.
visit-closed-then = Просим прощения: в это время мы всё же закрыты. Выберите ниже другое время, или мы сами вам позвоним.
visit-yours-until = Столик ваш до
visit-guests = Гостей
visit-area = Где вы сядете
visit-code = Код брони
visit-wishes = Ваши пожелания
visit-address = Адрес
visit-phone = Телефон
visit-calendar = Добавить в календарь
visit-rules = Полезно знать
visit-rules-accepted = Вы согласились с этими правилами при бронировании.

## The page of a booking: changing and cancelling

visit-change = Изменить время или число гостей
visit-day = День
visit-look = Показать свободное время
visit-times = Свободное время: { $day }, { $guests ->
        [one] { $guests } гость
        [few] { $guests } гостя
       *[many] { $guests } гостей
    }. Нажмите на подходящее, и столик перенесётся.
visit-no-times = В этот день всё занято. Попробуйте другой день или позвоните нам.
visit-time-as-now = { $time }, как сейчас
visit-by-hand = Это время мы подтверждаем лично. Если вы его выберете, нынешний столик освободится, а мы скоро ответим.
visit-cancel = Отменить
visit-cancel-sure = Да, отменить бронь
visit-cancel-until = Отменить здесь можно до этого срока: { $when }. Позже, пожалуйста, позвоните нам.
visit-cancel-ended = Отменить здесь уже не получится. Позвоните нам, и мы что-нибудь придумаем.
visit-too-late = Изменить бронь онлайн уже не получится. Позвоните нам, и мы что-нибудь придумаем.
visit-taken = Это время только что заняли. Вот что свободно сейчас.
visit-changed-meanwhile = Тем временем бронь изменилась. Вот как она выглядит сейчас.
visit-back = Назад к брони
visit-refused-CLOSED = В это время мы не принимаем гостей.
visit-refused-OUTSIDE_BOOKING_WINDOW = Это время здесь не забронировать: оно уже прошло либо ещё слишком близко или далеко. Позвоните нам.
visit-refused-PARTY_SIZE_NOT_ALLOWED = Здесь можно забронировать не больше чем на { $most ->
        [one] { $most } гостя
       *[other] { $most } гостей
    }. Если вас больше, позвоните нам, и мы что-нибудь придумаем.
visit-refused-PACING_FULL = Примерно в это время у кухни и так полно дел. Попробуйте чуть раньше или чуть позже.
visit-refused-PAUSED = На это время бронирование онлайн приостановлено. Позвоните нам, и мы что-нибудь придумаем.
visit-refused-NEEDS_NOT_MET = На это время нет столика с тем, что вам нужно. Попробуйте другое время.
visit-refused-DUPLICATE = У вас уже есть бронь примерно на это время.
visit-refused-GUEST_LIMIT = У вас уже столько броней, сколько мы принимаем здесь. Чтобы добавить ещё одну, позвоните нам.
visit-refused-TURN_TOO_SHORT = Столик в это время есть, но слишком ненадолго.

## The page of a visit: late, how many, on the way

late-title = Мы опаздываем
late-how = Скажите, на сколько, и мы сразу ответим, что сохраним для вас.
late-by = { $minutes } мин, { $time }
late-you-come = Вы придёте в { $time }
late-kept-until = Столик ждёт вас до { $time }.
late-then-table = Если придёте позже: стол { $table } в { $time }, держим его до { $until }.
late-now-table = Первый столик уже занят. Стол { $table } ваш в { $time }, держим его до { $until }.
late-then-not-before = Если придёте позже, раньше { $time } столик обещать не можем. Всё равно приходите: сделаем, что сможем.
late-then-none = Если придёте позже, другой столик на этот вечер обещать не можем. Позвоните нам, и мы посмотрим, что можно сделать.
size-title = Нас будет больше или меньше
size-ask = Узнать, есть ли место
size-no-table = На столько гостей столика в это время нет.
size-we-keep = { $why } Ваш столик остаётся за вами: { $guests ->
        [one] { $guests } гость
        [few] { $guests } гостя
       *[many] { $guests } гостей
    }.
size-other-times = Для такой компании ({ $guests }) свободно:
visit-confirm = Да, мы придём
visit-confirmed-told = Вы подтвердили, что придёте. Ждём вас.
visit-on-our-way = Мы уже едем
visit-on-our-way-told = Мы знаем, что вы уже в пути.
visit-not-now = Здесь уже всё иначе. Вот как обстоит дело сейчас.
visit-directions = Как нас найти
allergies-title = Аллергия
allergies-line = Что важно знать нашей кухне?
allergies-send = Сказать кухне
allergies-told = Вы сообщили: { $words }
allergies-why = Это увидит наша команда в этот вечер; мы сохраним это для ваших следующих визитов. Позвоните, и мы удалим.
thread-title = Написать нам
thread-line = Ваше сообщение
thread-send = Отправить
thread-you = Вы
thread-head = { $who }, { $time }
thread-is-full = Сообщений уже много. Если дело срочное, позвоните нам, пожалуйста.
bill-so-far = Ваш счёт сейчас
bill-paid = Ваш счёт
bill-amount = { $amount }

## The calendar file

calendar-yours-until = Столик ваш до { $until }.

## The page of a waiting party

waitlist-title = Ваше место в листе ожидания
waitlist-ahead = Компаний перед вами
waitlist-next = Вы следующие
waitlist-quoted = Обещанное ожидание
waitlist-minutes = около { $minutes ->
        [one] { $minutes } минуты
       *[other] { $minutes } минут
    }
waitlist-seats = Ваш столик, по нашей оценке
waitlist-band = скорее всего { $likely } мин, самое позднее через { $latest }
waitlist-clock = По часам
waitlist-between = скорее всего { $first }, самое позднее { $last }
waitlist-ready = Ваш столик готов. Подойдите, пожалуйста, к хостес.
waitlist-kept-until = Держим его для вас до
waitlist-coming = Мы уже идём
waitlist-coming-told = Спасибо! Хостес знает, что вы идёте.
waitlist-leave = Выйти из листа ожидания
waitlist-leave-asked = Выйти из листа ожидания?
waitlist-leave-means = Ваше место займут те, кто ждёт за вами.
waitlist-stay = Остаться в очереди
waitlist-slip = Нажали случайно? Ещё минуту прежнее место остаётся за вами.
waitlist-come-back = Вернуть моё место
waitlist-left = Вы вышли из листа ожидания. Спасибо, что сообщили; будем рады видеть вас в другой раз.
waitlist-gone = Мы звали вас, но не дождались ответа, и очередь пошла дальше. Подойдите к хостес — вас с радостью вернут на ваше место.
waitlist-seated = Вы уже за столиком. Приятного отдыха!
waitlist-turned-away = Нам очень жаль, что в этот раз столика для вас не нашлось. Спасибо за терпение.
waitlist-refreshes = Страница обновляется сама.

## When something does not work

failure-gone = Эта ссылка больше не работает
failure-gone-why = Спросите нас у входа или по телефону, мы с радостью поможем.
failure-busy = Одну минуту, пожалуйста
failure-busy-why = Сейчас не получается открыть нашу книгу бронирований. Страница сама попробует ещё раз.
failure-busy-after-wish = Это длится дольше обычного. Через несколько секунд страница покажет, удалось ли внести изменение.
failure-broken = Такого мы не ожидали
failure-broken-why = У нас что-то не сработало, и мы уже знаем об этом. Попробуйте позже или позвоните нам.
failure-unread = Дошло не всё
failure-unread-why = Прочитать отправленное не получилось, поэтому ничего не изменилось. Откройте ссылку из нашего сообщения ещё раз.
failure-no-page = Такой страницы нет
failure-no-page-why = Возможно, ссылка скопировалась не полностью. Откройте её ещё раз из нашего сообщения или позвоните нам.
failure-not-by-link = Нажмите, пожалуйста, кнопку на вашей странице
failure-not-by-link-why = Сама по себе ссылка ничего не меняет, всё осталось как было.
failure-again = Попробовать ещё раз
failure-back = На мою страницу

## A gesture: how the sentence to the guest goes on

gesture-line-first_visit = потому что вы у нас впервые
gesture-line-regular = потому что вы снова и снова к нам возвращаетесь
gesture-line-occasion = потому что сегодня ваш день
gesture-line-long_wait = потому что вы так терпеливо нас подождали
gesture-line-complaint = потому что хочется, чтобы вы ушли довольными
gesture-line-walked = потому что вы остались с нами
gesture-line-turned_away = потому что вы дали нам ещё один шанс
gesture-line-long_stay = потому что с вами здесь стало уютнее
gesture-line-encore = потому что захотелось ещё раз к вам вернуться
gesture-line-own_wish = потому что
visit-refused-AREA_NOT_BOOKABLE = На это время эту зону здесь не забронировать. Позвоните нам, и мы что-нибудь придумаем.

## Сообщения гостям по почте

mail-hello = Здравствуйте, { $name }!
mail-hello-unnamed = Здравствуйте!
mail-subject-confirmation = Ваш столик в { $house }, { $day }
mail-line-confirmation = Столик забронирован. Будем рады вас видеть!
mail-subject-change = Изменилась бронь в { $house }: { $day }, { $time }
mail-line-change = Бронь изменилась. Вот как она выглядит сейчас.
mail-subject-cancelled = Бронь в { $house } отменена, { $day }
mail-line-cancelled = Бронь отменена. Будем рады видеть вас в другой раз.
mail-subject-cancelled_by_house = Нам пришлось отменить бронь в { $house }, { $day }
mail-line-cancelled_by_house = Нам очень жаль: в этот раз мы не сможем оставить за вами столик. Позвоните нам, и мы подберём другое время.
mail-subject-reminder = Ждём вас в { $house }: { $day }, { $time }
mail-line-reminder = Ждём вас! Пожалуйста, ответьте на своей странице, всё ли в силе. Если её просто открыть, ничего не изменится.
mail-subject-called = Ваш столик в { $house } готов
mail-line-called = Ваш столик готов. Подойдите, пожалуйста, к администратору. Держим его для вас до { $until }.
mail-subject-accepted = Да, ваш столик в { $house } забронирован, { $day }
mail-line-accepted = Спасибо за запрос. Будем рады вас принять: столик забронирован.
mail-subject-declined = Ваш запрос в { $house }, { $day }
mail-line-declined = Спасибо за запрос. Нам очень жаль: в этот раз места для вашей компании нет. Позвоните нам, и мы подберём другое время.
mail-when = Когда
mail-see = Посмотреть или изменить бронь
mail-answer = Открыть мою страницу и ответить
mail-see-wait = Моё место в листе ожидания
mail-zone = Время везде местное, { $house } ({ $zone }).
mail-why = Мы пишем вам, потому что у вас бронь или место в листе ожидания в { $house }.
mail-stop = Больше мне не писать

## Сообщения гостям на телефон: платим за каждый отрезок, лишних слов нет

text-confirmation = { $house }: столик забронирован, { $day }, { $time }, гостей: { $guests }. Посмотреть, изменить: { $link }
text-change = { $house }: ваш столик теперь { $day }, { $time }, гостей: { $guests }. Посмотреть, изменить: { $link }
text-cancelled = { $house }: бронь на { $day }, { $time } отменена. Будем рады видеть вас в другой раз.
text-cancelled_by_house = { $house }: нам очень жаль, столик на { $day }, { $time } оставить не сможем. Позвоните, подберём другое время: { $phone }
text-reminder = { $house }: ждём вас { $day }, { $time }, гостей: { $guests }. Всё в силе? { $link }
text-called = { $house }: ваш столик готов и ваш до { $until }. Подойдите к администратору. { $link }
text-accepted = { $house }: да, столик забронирован, { $day }, { $time }, гостей: { $guests }. Посмотреть, изменить: { $link }
text-declined = { $house }: нам очень жаль, на { $day } столика для вас нет. Позвоните, подберём другое время: { $phone }

## Страница, которая прекращает сообщения

silence-title = Сообщения от { $house }
silence-ask = Больше не писать вам ни по почте, ни на телефон? Ваши брони останутся как есть.
silence-sure = Да, больше не писать
silence-done = Больше мы вам не пишем. Ваши брони остались как есть; звоните нам в любое время.
