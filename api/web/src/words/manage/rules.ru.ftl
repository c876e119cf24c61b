## Правила как предложения: сроки, доли, дни

rules-span-minutes = { $minutes } мин
rules-span-hours = { $hours } ч
rules-span-both = { $hours } ч { $minutes }
rules-percent = { $share } %
rules-every-day = каждый день
rules-all-parties = всем
rules-no-party = никому
rules-one-in = одной из { $count }
rules-never = никогда
rules-anywhere = где угодно

## Придержанные столы

rules-held = Придержано: { $period }
rules-held-one = Придержано: { $period }, столы на { $seats } с { $time }
rules-held-any = Придержанные столы
rules-hold = Держать { $v-count } { $count ->
    [one] стол
    [few] стола
   *[many] столов
  } на { $v-seats }, { $v-area }, { $v-days } с { $v-starts } на { $v-length }
rules-hold-at = Держать { $v-count } { $count ->
    [one] стол
    [few] стола
   *[many] столов
  } на { $v-seats }, { $v-area }, смена { $v-period }, { $v-days } с { $v-starts } на { $v-length }
rules-rung = отдать { $v-back } за { $v-before }
rules-rung-rest = остальные за { $v-before }
rules-hold-none = Ни одного стола не держат: кто приходит без брони, получает то, что осталось.
rules-hold-add = Держать столы и в другое время
rules-hold-remove = Тогда не держать
rules-hold-count = Сколько столов держать
rules-hold-seats = На сколько гостей
rules-hold-area = Где
rules-hold-days = По каким дням
rules-hold-starts = С какого часа
rules-hold-length = Как долго
rules-hold-period = В какую смену
rules-rung-add = Отдавать ещё одним шагом
rules-rung-out = Убрать этот шаг
rules-rung-before = За сколько до начала
rules-rung-back = Сколько отдать

## Сверх зала

rules-beyond = Сверх зала
rules-beyond-on = Обещать
rules-beyond-off = Ничего не обещать
rules-beyond-nothing = { $v-enabled } сверх того, на что есть место.
rules-beyond-limits = { $v-enabled } до { $v-parties } { $parties ->
    [one] компании
   *[other] компаний
  } сверх мест, не больше { $v-covers } { $covers ->
    [one] гостя
   *[other] гостей
  }; для каждой шанс ждать дольше { $v-tolerance } меньше { $v-ceiling }.
rules-beyond-whom = Только компаниям до { $v-size } гостей; не здесь: { $v-areas }.
rules-beyond-parties = Компаний сверх зала
rules-beyond-covers = Гостей сверх зала
rules-beyond-ceiling = Шанс, что такой компании придётся ждать
rules-beyond-tolerance = С какого ожидания это считается
rules-beyond-size = Самая большая компания
rules-beyond-areas = Какие залы не трогать
rules-beyond-no-area = исключений нет
rules-show = Считаем, что из записавшихся в сети приходят { $v-online }, из позвонивших { $v-phone }.
rules-show-online = Из сети приходят
rules-show-phone = По телефону приходят
rules-out = Зал считается без { $v-small } самых маленьких столов и без { $v-joins } сдвинутых: кто сидит, того не пересаживают.
rules-out-small = Маленькие столы не в счёт
rules-out-joins = Сдвинутые столы не в счёт

## Кто опаздывает

rules-late = Кто опаздывает
rules-late-kept = Опоздавшему стол держат { $v-grace }; обещание остаётся до закрытия.
rules-late-house = как заведено, { $minutes } мин
rules-late-grace = Как долго держат стол
rules-late-call = Кого позвали из очереди, тех ждут { $v-called }.
rules-late-called = Как долго ждут позванных

## За счёт дома

rules-given = За счёт дома
rules-given-limits = Хостес дарит до { $v-gift } за раз и до { $v-shift } за смену; менеджер до { $v-manager-gift } и { $v-manager-shift }; дом до { $v-night } за вечер, из компаний: { $v-share }.
rules-given-gift = Хостес, за раз
rules-given-shift = Хостес, за смену
rules-given-manager-gift = Менеджер, за раз
rules-given-manager-shift = Менеджер, за смену
rules-given-night = Дом, за вечер
rules-given-share = Из всех компаний
rules-given-again = То же самое тот же гость получает не раньше чем через { $v-days } { $days ->
    [one] день
    [few] дня
   *[many] дней
  }.
rules-given-repeat = Дней до того же подарка
rules-given-asked = Кто хочет подарить больше, спрашивает менеджера; на ответ есть { $v-minutes }, платит { $v-charged }.
rules-given-passed-on = Если за { $v-minutes } ответа нет, вопрос переходит к следующему менеджеру, и хостес об этом узнаёт.
rules-given-next-after = Когда зовут следующего
rules-given-wait = Сколько ждёт просьба
rules-given-charged = Чей кошелёк платит
rules-given-by-manager = кошелёк менеджера
rules-given-by-house = только кошелёк дома
rules-given-who = Гость свой с { $v-visits }-го визита; сидят долго те, кто дольше { $v-stay }.
rules-given-regular = Визитов у своего гостя
rules-given-stay = Долго сидят
rules-given-spans = Предложение без ответа гаснет через { $v-offer }; горячее ждут через { $v-mains } после посадки.
rules-given-offer = Сколько живёт предложение
rules-given-mains = До горячего

## Обещали, а гость ждёт

rules-wait = Обещали, а гость ждёт
rules-wait-rung = Через { $v-minutes } предложить: { $v-gesture }.
rules-wait-minutes = Через сколько
rules-wait-gesture = Что предложить
rules-wait-none = Кто ждёт обещанного стола, тому само собой ничего не предлагают.
rules-wait-no-gestures = Само собой ничего не предлагают: каталог пуст.
rules-wait-add = Что-нибудь предлагать
rules-wait-remove = Тогда ничего

## Кому говорят да

rules-yes = Кому говорят да
rules-yes-by-value = по тому, что это приносит
rules-yes-first = кто первый пришёл
rules-yes-value = Стол обещают { $v-way }: «да» должно принести больше, чем не пустит.
rules-yes-queue = Стол обещают так: { $v-way }.
rules-worth = Гость за столом приносит { $v-cover }; отправленный после обещания стоит { $v-walked }, заждавшийся { $v-late }, всё умножить на { $v-caution } за доброе имя.
rules-worth-cover = Гость за столом приносит
rules-worth-walked = Отправленный гость стоит
rules-worth-late = Заждавшийся гость стоит
rules-worth-caution = Доброе имя весит
rules-worth-more = Считаем, что сидят на { $v-stay } дольше прогноза. Лучшее время подсказывают, если оно приносит с гостя больше на { $v-other }. Придержанный стол стоит ещё { $v-held } сверх тех, кто за ним придёт.
rules-worth-stay = Сидят дольше на
rules-worth-other = Лучшее время подсказывают с
rules-worth-held = Придержанный стол дороже на

## Версия и что с ней делают

rules-in-force = Правила, которые действуют
rules-version = Версия { $version }
rules-none = Правил ещё не публиковали
rules-none-how = Начните с того, что обычно для ресторана, измените, что у вас иначе, и опубликуйте.
rules-begin = Начать черновик
rules-begin-reason = Первые правила
rules-since = версия { $version }, действует с { $date }
rules-touch = Троньте значение, и начнётся черновик; до публикации ничего не меняется.
rules-from = из версии { $version }, которая действует с { $date } · до публикации ничего не меняется
rules-draft-new = новый черновик · до публикации ничего не меняется
rules-changes = { $count ->
    [0] Ничего не изменено
    [one] { $count } изменение, ещё не сохранено
    [few] { $count } изменения, ещё не сохранены
   *[many] { $count } изменений, ещё не сохранены
  }
rules-was = было { $value }
rules-value-of = { $name }: { $value }
rules-less = Меньше
rules-more = Больше
rules-back-to = Вернуть { $value }
rules-done = Готово
rules-show-more = Подробнее
rules-show-less = Короче
rules-why = почему
rules-why-not = скрыть
rules-take = Взять
rules-publish-from = Опубликовать с…
rules-save = Сохранить черновик
rules-compare = Сравнить
rules-discard = Убрать
rules-discard-sure = Убрать этот черновик
rules-discard-unsaved = Вернуть как было
rules-discarded = убран за столом
rules-again = Снова ввести…
rules-again-reason = Снова как версия { $version }
rules-name = Для чего этот черновик?
rules-name-label = Его имя и причина, которая останется в записях
rules-name-hint = Черновик для выходных
rules-keep = Сохранить
rules-cancel = Назад
rules-versions = Все версии
rules-nights = Только на один вечер
rules-to-rules = Правила, которые действуют
rules-elsewhere = К правилам относятся и страницы дома: { $gestures ->
    [one] { $gestures } подарок
    [few] { $gestures } подарка
   *[many] { $gestures } подарков
  }, { $answers ->
    [one] { $answers } ответ
    [few] { $answers } ответа
   *[many] { $answers } ответов
  }, { $partners ->
    [one] { $partners } сосед
    [few] { $partners } соседа
   *[many] { $partners } соседей
  }.
rules-to-house = К дому
rules-wrong = Так сохранить пока нельзя.
rules-meanwhile-kept = { $state ->
    [published] Версию { $version } тем временем ввели.
   *[other] Этот черновик тем временем продолжили или отозвали.
  } Ваши изменения остались здесь: сохраните их отдельным черновиком.
rules-name-missing = Назовите черновик: это и причина в журнале.
rules-night-why = Напишите причину: она останется в журнале этого вечера.
rules-number-from-to = Число от { $min } до { $max }.

rules-state-force = действует
rules-state-later = с { $date }
rules-state-draft = черновик
rules-state-past = действовала раньше
rules-state-withdrawn = отозвана
rules-made = { $name }, { $date }
rules-made-nobody = сама собой, { $date }
rules-column-version = Версия
rules-column-why = Зачем
rules-column-state = Состояние
rules-column-made = Кто составил
rules-column-published = Кто опубликовал
rules-published-for = { $name }, { $made }, с { $date }

rules-compare-title = Чем отличается от того, что действует
rules-compare-same = Ничем не отличается от того, что действует.

rules-publish-title = Опубликовать
rules-publish-date = Начиная с вечера
rules-publish-open = И для дат, на которые уже записываются
rules-publish-open-how = Иначе у них остаются те столы, пределы и цены, с которыми они открылись; слова, кошельки и подарки меняются всегда.
rules-publish-looking = Смотрим, что изменится …
rules-publish-nothing = Ни одна открытая дата не изменится.
rules-publish-periods = { $count ->
    [one] Изменится { $count } открытая смена:
    [few] Изменятся { $count } открытые смены:
   *[many] Изменятся { $count } открытых смен:
  }
rules-publish-left = Ещё { $count } не просмотрено.
rules-publish-now = Опубликовать с { $date }
rules-published = Версия { $version } действует с { $date }.
rules-effect-held = { $window }: придержано ещё { $made }, отдано { $back }
rules-effect-lost = { $window }: { $count } не придержать, столы обещаны
rules-effect-risk = { $count ->
    [one] у { $count } обещания другой риск
   *[other] у { $count } обещаний другой риск
  }
rules-effect-caps = { $count ->
    [one] { $count } обещание сверх нового предела остаётся
    [few] { $count } обещания сверх нового предела остаются
   *[many] { $count } обещаний сверх нового предела остаются
  }
rules-effect-purses = { $count ->
    [one] у { $count } кошелька другая сумма
   *[other] у { $count } кошельков другая сумма
  }

rules-night-title = Только на один вечер
rules-night-how = Что иначе в один вечер; на следующий день всё как прежде.
rules-night-date = Вечер
rules-night-differs = Иначе в этот вечер
rules-night-service = { $service }, { $date }
rules-night-reason = Чем этот вечер другой
rules-night-hint = Свадьба в саду
rules-night-keep = Только { $date }
rules-night-kept = { $count ->
    [one] Действует для { $count } смены.
   *[other] Действует для { $count } смен.
  }
rules-night-none = В этот день не обслуживают.
rules-night-end = Снять отличия

rules-drafts = Черновики, которые ждут
rules-drafts-none = Ни одного. Троньте значение: начнётся черновик, и до публикации его можно проверить на ваших же вечерах.
rules-lab-keep = Проверяется черновик, как он сохранён. Сохраните ещё раз, чтобы проверить то, что тронули с тех пор.
rules-all-advice = Все советы
rules-call-off = Отменить
