## Без сети: что ждёт отправки, что не сходится, что хранит планшет

offline-banner = Нет связи с { $time }. Зал показан таким, каким был тогда, и с тем, что вы делаете здесь.
offline-waits = { $count ->
    [one] { $count } действие ждёт
    [few] { $count } действия ждут
   *[many] { $count } действий ждут
 } отправки
offline-see = Посмотреть
offline-to-send = { $count ->
    [one] Отправляется { $count } действие
    [few] Отправляются { $count } действия
   *[many] Отправляется { $count } действий
 }
offline-by-pin = { $count ->
    [one] Здесь { $count } неотправленное действие: оно уйдёт
    [few] Здесь { $count } неотправленных действия: они уйдут
   *[many] Здесь { $count } неотправленных действий: они уйдут
 }, как только кто-нибудь введёт PIN.
offline-locked = Нет связи. Планшет откроется по PIN, когда появится сеть; сделанное здесь сохранено.
offline-needs-network = Для этого нужна сеть. Ничего не изменилось.
offline-open-ring = ещё не отправлено
offline-asks = { $count ->
    [one] { $count } вопрос
    [few] { $count } вопроса
   *[many] { $count } вопросов
 } о времени без связи
offline-answer = Ответить
shell-sheet-offline = Без связи
offline-title = Пока не было связи
offline-title-now = Нет связи с { $time }
offline-nothing = Ничего не ждёт отправки, вопросов нет.
offline-waiting-title = Уйдёт в этом порядке
offline-party = Гости, { $size }
offline-at = { $time }, { $name }
offline-take-back = Вернуть

offline-did-arrive = { $party }: пришли
offline-did-call = { $party }: позвали
offline-did-clear = { $party }: ушли, стол { $tables }
offline-did-coming = { $party }: идут
offline-did-extend = { $party }: ещё 15 минут за столом { $tables }
offline-did-gone = { $party }: не ответили, вне списка
offline-did-leave = { $party }: ушли, вне списка
offline-did-move = { $party }: пересели за стол { $tables }
offline-did-no-show = { $party }: не пришли
offline-did-notes = Заметка для всех: { $text }
offline-did-notify = { $party }: сказали, что стол свободен
offline-did-pay = { $party }: оплатили, стол { $tables }
offline-did-place = { $party }: где ждут
offline-did-ready = Стол { $tables } готов
offline-did-reconfirm = { $party }: подтвердили ещё раз
offline-did-rejoin = { $party }: снова в списке
offline-did-reopen = { $party }: всё-таки пришли
offline-did-seat = { $party }: сели за стол { $tables }
offline-did-serve = { $party }: счёт, стол { $tables }
offline-did-tell-late = { $party }: придут позже
offline-did-wait = { $party }: в листе ожидания
offline-did-walk = { $party }: ушли без стола

offline-clash-tables = Стол { $tables }: двое разных гостей
offline-clash-changed = За это время всё изменилось
offline-clash-lost = Чей-то стол заняли
offline-side-here = Здесь
offline-side-there = У коллег
offline-ours-elsewhere = Наши сидят за другим столом
offline-theirs-elsewhere = Те сидят за другим столом
offline-ours-never = Наших там нет
offline-where = За каким столом?
offline-no-table-free = Насколько известно, свободных столов нет. Сначала освободите какой-нибудь.
offline-leave-it = Оставить как есть
offline-do-again = Верно наше: сделать ещё раз
offline-find-table = Найти им стол
offline-known = Понятно

offline-tables = Без сети: столы, которые были свободны, когда связь ещё была
offline-tables-none = Когда связь ещё была, стола на { $size } не было. Лист ожидания ведётся и здесь.
offline-seat-at = Стол { $table }, до { $seats }
offline-to-the-list = В лист ожидания

offline-lost-title = Этот планшет больше не принадлежит заведению
offline-lost = { $count ->
    [one] { $count } действие не отправлено и потеряно.
    [few] { $count } действия не отправлены и потеряны.
   *[many] { $count } действий не отправлено и потеряно.
 } Скажите коллеге: это можно внести на другом планшете.
offline-lost-seen = Передано

offline-storage = Через семь дней без использования Safari удалит то, что стенд хранит на время без сети. Добавьте его на экран «Домой»: «Поделиться», затем «На экран „Домой“».
offline-storage-later = Позже
offline-update = Есть новая версия стенда.
offline-update-take = Запустить
